// Keys of the review queue. Each presses a button or a link that is on the page.
const items = () => [...document.querySelectorAll("#statements > li")];
let at = Math.max(0, items().findIndex((one) => `#${one.id}` === location.hash));

const go = (number) => {
  const all = items();
  if (!all.length) return;
  at = Math.min(Math.max(number, 0), all.length - 1);
  all.forEach((one, i) => one.classList.toggle("is-current", i === at));
  all[at].focus({ preventScroll: true });
  all[at].scrollIntoView({ block: "nearest" });
};

const press = (root, selector) => root?.querySelector(selector)?.click();
const verdicts = { y: "confirm", n: "reject", u: "unsure" };

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || event.target.closest("input, textarea, select")) return;
  const key = event.key.toLowerCase();
  const current = items()[at];
  if (event.shiftKey && verdicts[key]) press(document, `[data-whole] button[value=${verdicts[key]}]`);
  else if (event.shiftKey) return;
  else if (key === "j") go(at + 1);
  else if (key === "k") go(at - 1);
  else if (verdicts[key]) press(current, `button[value=${verdicts[key]}]`);
  else if (key === "c") press(current, "a[data-key=c]");
  else if (key === "o") press(current, "a[data-key=o]");
  else if (key === "z") press(document, ".good form button, #latest form button");
  else if (key === "s") press(document, "a[data-key=s]");
  else return;
  event.preventDefault();
});

if (items().length) go(at);
