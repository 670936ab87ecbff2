// Copying. One set of buttons goes to the line under the mouse, in focus, or tapped.

const copying = byId("page-copying");
const said = byId("page-said");
const carry = (event) => {
  const item = itemOf(event.target);
  if (!item || item === copying.parentElement || (copying.open && event.type !== "click")) return;
  copying.open = false;
  copying.hidden = false;
  item.append(copying);
};
list.addEventListener("pointerover", (event) => {
  if (event.pointerType === "mouse") carry(event); // a finger taps, which is a click
});
list.addEventListener("focusin", carry);
list.addEventListener("click", carry);

const addressOf = (item) => location.href.split("#")[0] + hashOf(item);
const wordings = {
  source: (item) => textOf(item, "source"),
  target: (item) => textOf(item, "target"),
  both: (item) => `${textOf(item, "source")}\n${textOf(item, "target")}`,
  link: (item) => `${item.querySelector(".time").textContent} ${addressOf(item)}`,
};
// Pages without HTTPS have no clipboard to write to, only what is selected.
const copySelected = (text) => {
  const holder = document.createElement("textarea");
  holder.value = text;
  copying.append(holder);
  holder.select();
  const isCopied = document.execCommand("copy");
  holder.remove();
  return isCopied;
};
const copy = (text) =>
  navigator.clipboard
    ? navigator.clipboard.writeText(text).then(() => true, () => copySelected(text))
    : Promise.resolve(copySelected(text));
const buttons = copying.lastElementChild;
copying.addEventListener("toggle", () => {
  if (copying.open) buttons.scrollIntoView({ block: "nearest", behavior: "instant" });
});
let quiet = 0;
copying.addEventListener("click", async (event) => {
  const button = event.target.closest("button");
  if (!button || !(await copy(wordings[button.value](copying.parentElement)))) return;
  copying.open = false;
  copying.firstElementChild.focus({ preventScroll: true });
  said.textContent = data.copied;
  clearTimeout(quiet);
  quiet = setTimeout(() => { said.textContent = ""; }, 2000);
});
