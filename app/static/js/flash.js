// What was done is said for twelve seconds, and for as long as somebody points at it or stands in it.
import { all } from "./dom.js";

const LASTS = 12000;

for (const flash of all(".flash")) {
  let timer;
  const start = () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      if (flash.matches(":hover, :focus-within")) start();
      else flash.hidden = true;
    }, LASTS);
  };
  for (const name of ["pointerleave", "focusout"]) flash.addEventListener(name, start);
  start();
}
