"""Kits about a parcel that waits for a small fee: address, card, code."""

from collections.abc import Iterator

from mantis_crawler.lab.sheet import Kit, Sheet, card, code, steps, text
from mantis_crawler.lab.site import Family, Site

_IT_ADDRESS = Sheet(
    layout="card",
    language="it",
    brand="Posta Veloce",
    color="#b8860b",
    title="Il tuo pacco è in attesa di consegna",
    lead=(
        "Spedizione IT48201937: indirizzo incompleto. Conferma i tuoi dati e paga 1,99 € con la carta di "
        "credito per riprogrammare la consegna entro 24 ore."
    ),
    fields=(
        text("Nome e cognome", "name", "name"),
        text("Indirizzo", "address", "street-address"),
        text("CAP", "zip", "postal-code"),
        text("Data di nascita", "birth", "bday"),
        text("Telefono", "phone", "tel"),
    ),
    button="Continua al pagamento",
    note="Passo 1 di 3: indirizzo, carta, codice di conferma",
    action="/carta",
)
_IT_CARD = Sheet(
    layout="card",
    language="it",
    brand="Posta Veloce",
    color="#b8860b",
    title="Pagamento 1,99 €",
    fields=card("Numero della carta", "Scadenza", "CVV"),
    button="Paga",
    action="/codice",
)
_IT_CODE = Sheet(
    layout="card",
    language="it",
    brand="Posta Veloce",
    color="#b8860b",
    title="Codice SMS",
    lead="Inserisci il codice ricevuto via SMS.",
    fields=(code("Codice"),),
    button="Conferma",
)
_ES_ADDRESS = Sheet(
    layout="banner",
    language="es",
    brand="Correo Alondra",
    color="#d35400",
    title="Su paquete no pudo ser entregado",
    lead="Envío ES7720416: confirme su dirección y abone 2,05 € de gastos de aduana con su tarjeta bancaria.",
    fields=(
        text("Nombre completo", "name", "name"),
        text("Dirección", "address", "street-address"),
        text("DNI", "document"),
        text("Teléfono móvil", "phone", "tel"),
    ),
    button="Confirmar y pagar",
    note="Paso 1 de 3. El paquete se devolverá al remitente en 48 horas.",
    action="/pago",
)
_EN_SINGLE = Sheet(
    layout="banner",
    language="en",
    brand="Swallow Mail",
    color="#1f6f54",
    title="Your package is on hold",
    lead="Tracking US9514901185. A re-delivery fee of $0.30 is due. Confirm your address within 12 hours.",
    fields=(
        text("Full name", "name", "name"),
        text("Street address", "address", "street-address"),
        text("ZIP code", "zip", "postal-code"),
        text("Phone number", "phone", "tel"),
        text("Email", "email", "email"),
    ),
    button="Continue to payment",
    note="Step 1 of 3",
    action="#",
    hidden=(
        Sheet(
            layout="card",
            language="en",
            brand="Swallow Mail",
            color="#1f6f54",
            title="Card details",
            fields=card("Card number", "Expiration date", "CVV"),
            button="Pay $0.30",
            action="#",
        ),
        Sheet(
            layout="card",
            language="en",
            brand="Swallow Mail",
            color="#1f6f54",
            title="Verification code",
            fields=(code("Enter the code sent to your phone"),),
            button="Verify",
            action="#",
        ),
    ),
)
_PL_CARD = Sheet(
    layout="card",
    language="pl",
    brand="Paczka Żuraw",
    color="#8e1b3a",
    title="Dopłata do przesyłki 1,20 zł",
    lead="Przesyłka PL0048213 została wstrzymana. Podaj dane karty płatniczej, aby dokończyć dostawę.",
    fields=card("Numer karty", "Data ważności", "CVV"),
    button="Zapłać 1,20 zł",
    note="Płatność szyfrowana",
)
_TR_CARD = Sheet(
    layout="plain",
    language="tr",
    brand="Turna Kargo",
    color="#5b2c83",
    title="Gönderiniz şubede bekliyor",
    lead="Teslimat için 4,90 TL ücret ödenmelidir. Kart bilgilerinizi giriniz.",
    fields=card("Kart numarası", "Son kullanma tarihi", "Güvenlik kodu (CVV)"),
    button="Öde",
    note="24 saat içinde ödenmeyen gönderiler iade edilir.",
)

_KITS = (
    Kit(
        design="parcel-steps",
        shape="posta-veloce-{4}.top",
        language="it",
        country="it",
        answer=steps({"/": _IT_ADDRESS, "/carta": _IT_CARD, "/codice": _IT_CODE}),
    ),
    Kit(
        design="parcel-customs",
        shape="alondra-envio-{3}.xyz",
        language="es",
        country="es",
        answer=steps({"/es/paquete": _ES_ADDRESS}),
        path="/es/paquete?ref=ES7720416",
    ),
    Kit(
        design="parcel-single",
        shape="swallow-mail.{5}{2}.top",
        language="en",
        country="us",
        answer=steps({"/us": _EN_SINGLE}),
        path="/us",
        scheme="https",
        pool="cdn",
    ),
    Kit(
        design="parcel-card",
        shape="paczka-{5}.info",
        language="pl",
        country="pl",
        answer=steps({"/": _PL_CARD}),
    ),
    Kit(
        design="parcel-old",
        shape="turna-kargo{4}.com",
        language="tr",
        country="tr",
        answer=steps({"/": _TR_CARD}),
    ),
)


class Parcel(Family):
    """What is not yet delivered."""

    name = "parcel"

    def sites(self, seed: int) -> Iterator[Site]:
        """Yield one site of each kit."""
        for kit in _KITS:
            yield kit.site(seed)
