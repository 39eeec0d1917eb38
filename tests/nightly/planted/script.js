// What the rule about scripts has to find: every way to make markup out of a text.
const place = document.querySelector("main");
place.innerHTML = location.hash;
place.insertAdjacentHTML("beforeend", location.hash);
document.write(location.search);
eval(location.hash.slice(1));
