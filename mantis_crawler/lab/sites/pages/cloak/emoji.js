const drawn = document.createElement("canvas").getContext("2d");
drawn.font = "36px sans-serif";
drawn.fillText("\u{1F4E6}", 2, 40);
const { data } = drawn.getImageData(0, 0, 48, 48);
let coloured = 0;
for (let at = 0; at < data.length; at += 4) coloured += Math.abs(data[at] - data[at + 2]) > 40;
return phone && coloured > 50;
