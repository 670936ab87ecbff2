// Playing. The lines are asked for by time: the last one that has begun is the one spoken.

const player = byId("page-audio");
const opener = byId("page-file"); // for a page that knows no address of the recording
const pace = byId("page-pace");
let audio = opener ? null : player;

const startOf = (row) => data.times[row][0] / 100;
const order = data.times.map((_, row) => row).sort((a, b) => startOf(a) - startOf(b));
const starts = order.map(startOf);
let current = -1;
let spoken = "";
let following = false;
const rowAt = (time) => order[lastUpTo(starts, time + 0.005)] ?? -1;
const follow = (item) => {
  const box = item.getBoundingClientRect();
  if (box.top > barEdge() && box.bottom < innerHeight * 0.8) return;
  item.scrollIntoView({ block: "center", behavior: calm.matches ? "instant" : "smooth" });
};
const setCurrent = (row) => {
  if (row === current) return;
  const old = items[current];
  if (old) {
    old.classList.remove("now");
    old.removeAttribute("aria-current");
  }
  const follows = following || (old && isSeen(old));
  current = row;
  const item = items[row];
  if (!item) return;
  item.classList.add("now");
  item.setAttribute("aria-current", "true");
  if (follows && audio && !audio.paused) follow(item);
  following = false;
};
const wordRange = (paragraph, nth) => {
  const text = paragraph.textContent;
  let start = 0;
  for (let n = 0; n < nth; n += 1) start = text.indexOf(" ", start) + 1;
  const space = text.indexOf(" ", start);
  return [rangeIn(paragraph, start, space < 0 ? text.length : space)];
};
const showWord = (time) => {
  const times = data.times[current] || [];
  let begin = (times[0] || 0) / 100;
  let nth = -1;
  for (let at = 2; at < times.length; at += 2) {
    begin += times[at] / 100;
    if (begin > time + 0.005) break;
    if (time < begin + times[at + 1] / 100) nth = at / 2 - 1;
  }
  const name = `${current}:${nth}`;
  if (name === spoken) return;
  spoken = name;
  mark("word", nth < 0 ? [] : wordRange(items[current].querySelector(".source"), nth));
};
const showTime = () => {
  setCurrent(rowAt(audio.currentTime));
  showWord(audio.currentTime);
};
let ticking = false;
const tick = () => {
  showTime();
  ticking = !audio.paused && !audio.ended;
  if (ticking) requestAnimationFrame(tick);
};

const seek = (row) => {
  // Half a hundredth later, so that no rounding falls before the line.
  audio.currentTime = startOf(row) + 0.005;
};
const play = () => audio.play().catch(() => { /* the error event tells the reader */ });
const hear = (row) => {
  following = true;
  seek(row);
  play();
};
const skip = (seconds) => {
  if (audio) audio.currentTime = Math.max(0, audio.currentTime + seconds);
};

player.addEventListener("play", () => { if (!ticking) tick(); });
player.addEventListener("seeked", showTime);
player.addEventListener("timeupdate", showTime);
player.addEventListener("error", () => {
  byId("page-silent").hidden = false;
  if (opener) opener.parentElement.hidden = false;
});
if (player.error) byId("page-silent").hidden = false;

const speed = byId("page-speed");
const setSpeed = (value) => {
  speed.value = value;
  player.defaultPlaybackRate = player.playbackRate = Number(value);
};
speed.addEventListener("change", () => {
  setSpeed(speed.value);
  remember("interlinear:speed", speed.value);
});
const lastSpeed = recall("interlinear:speed");
if ([...speed.options].some((option) => option.value === lastSpeed)) setSpeed(lastSpeed);
byId("page-back").addEventListener("click", () => skip(-15));
byId("page-ahead").addEventListener("click", () => skip(15));
pace.hidden = !audio;

if (opener) {
  byId("page-player").hidden = false;
  opener.addEventListener("change", () => {
    if (!opener.files.length) return;
    if (audio) URL.revokeObjectURL(audio.src);
    audio = player;
    audio.src = URL.createObjectURL(opener.files[0]);
    audio.hidden = pace.hidden = false;
    byId("page-silent").hidden = true;
    opener.parentElement.hidden = true;
    root.classList.add("has-audio");
    byId("page-transcript").focus({ preventScroll: true }); // where the keys work
  });
}
