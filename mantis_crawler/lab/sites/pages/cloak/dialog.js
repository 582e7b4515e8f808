const begun = performance.now();
alert("Votre session a expiré.");
return phone && performance.now() - begun > 300;
