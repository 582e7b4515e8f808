return phone && navigator.language === "fr-FR" && navigator.languages[0] === "fr-FR"
  && new Intl.NumberFormat().format(1.5) === "1,5";
