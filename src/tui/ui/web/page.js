// The page around the terminal of textual-serve (textual.js): its size, the touch keys, the bell, and
// what to do when the connection is lost.
"use strict";

const COLUMNS = 45; // As many as the full screen needs to show everything, on a phone held upright.
const CELL = 0.6; // Width of a cell of Roboto Mono, by its font size.
const SMALLEST = 10;
const READABLE = 16;
const RETRY_MS = 2000;
const ASK_MS = 5000; // After so long in silence the server is asked whether it is there,
const SILENT_MS = 15000; // and after so long it is not.
const LEFT = 1000; // Close codes: the runner has left, and the program has broken off.
const FAILED = 4000;
const BELL = 7;
const KEYS = {
  enter: "\r",
  space: " ",
  esc: "\x1b",
  more: "\x10",
  up: "\x1b[A",
  down: "\x1b[B",
  right: "\x1b[C",
  left: "\x1b[D",
};

const byId = (id) => document.getElementById(id);
const touch = matchMedia("(pointer: coarse)").matches;
let line = null;
let audio = null;
let why = "";
let heardAt = 0;

// The key has gone into a cookie; whoever looks over a shoulder, or at the history, sees none.
history.replaceState(null, "", "/");

// textual.js keeps its socket to itself.
window.WebSocket = class extends WebSocket {
  constructor(url) {
    super(url);
    line = this;
    heardAt = Date.now();
    this.addEventListener("message", heard);
    this.addEventListener("close", closed);
  }

  // It does not ask whether the line is open yet.
  send(data) {
    if (this.readyState === WebSocket.OPEN) super.send(data);
  }
};

function heard({ data }) {
  heardAt = Date.now();
  if (typeof data === "string") {
    const [kind, words] = JSON.parse(data);
    if (kind === "failed") why = words;
    return;
  }
  byId("notice").hidden = true;
  if (data.byteLength === 1 && new Uint8Array(data)[0] === BELL) ring();
}

// Browsers let a page sound only once it has been touched.
function wake() {
  audio ??= new AudioContext();
  audio.resume();
}

function ring() {
  if (audio === null) return;
  const tone = audio.createOscillator();
  const volume = audio.createGain();
  volume.gain.value = 0.2;
  tone.frequency.value = 880;
  tone.connect(volume).connect(audio.destination);
  tone.start();
  tone.stop(audio.currentTime + 0.12);
}

function tell(words, again = true) {
  byId("words").textContent = words;
  byId("again").hidden = !again;
  byId("notice").hidden = false;
  if (again && !touch) byId("again").focus();
}

function closed({ target, code }) {
  if (target !== line) return;
  line = null;
  if (code === LEFT) {
    tell("You have left. A session under way waits for you.");
  } else if (code === FAILED) {
    tell(why);
  } else {
    tell("The connection is lost. What you logged is kept. Trying again…");
    retry();
  }
}

// The program goes on by itself from the journal, so a new page is all that it takes.
async function retry() {
  let status = 0;
  try {
    status = (await fetch("/", { cache: "no-store" })).status;
  } catch {
    // Nobody is there yet.
  }
  if (status === 200) {
    location.reload();
  } else if (status === 403) {
    tell("stridelift serve was started again: open the new address that it printed.", false);
  } else {
    setTimeout(retry, RETRY_MS);
  }
}

// A network that goes away says nothing, nor does one that was left asleep.
function ask() {
  const silent = Date.now() - heardAt;
  if (line !== null && silent > SILENT_MS) {
    line.close();
    closed({ target: line, code: 0 });
  } else if (silent > ASK_MS) {
    say("ping", "");
  }
}

function say(...words) {
  line?.send(JSON.stringify(words));
}

function press({ dataset }) {
  if (dataset.key !== undefined) say("stdin", KEYS[dataset.key] ?? dataset.key);
}

// On a phone a tap on the screen must not bring up the keyboard, which takes half of it: abc does.
function keyboard(on) {
  const field = document.querySelector(".xterm-helper-textarea");
  field.inputMode = on ? "text" : "none";
  byId("typing").setAttribute("aria-pressed", String(on));
  // Only a new focus is asked for its keyboard again.
  field.blur();
  field.focus();
}

function fill() {
  // iOS lays its keyboard over the page; a page that is zoomed in keeps its size.
  const seen = window.visualViewport;
  if (seen !== null && seen.scale === 1) {
    document.documentElement.style.setProperty("--height", `${seen.height}px`);
    window.scrollTo(0, 0);
  }
}

function fontSize() {
  // By the narrow edge of a phone, whichever way it is held now.
  const edge = touch ? Math.min(innerWidth, screen.width, screen.height) : innerWidth;
  return Math.max(SMALLEST, Math.min(READABLE, Math.floor(edge / COLUMNS / CELL)));
}

async function open() {
  const terminal = byId("terminal");
  terminal.dataset.sessionWebsocketUrl = `${location.origin.replace("http", "ws")}/ws`;
  terminal.dataset.fontSize = fontSize();
  // textual.js measures the font when it is made; without it any other will do.
  await document.fonts.load("16px 'Roboto Mono'").catch(() => []);
  const script = document.createElement("script");
  script.src = "/textual.js";
  script.onerror = () => tell("The page could not be loaded in full.");
  script.onload = () => {
    try {
      window.onload(new Event("load"));
    } catch {
      tell("This browser cannot draw the screen: it needs WebGL 2.", false);
      return;
    }
    new ResizeObserver(() => window.onresize()).observe(terminal);
    keyboard(!touch);
  };
  document.head.append(script);
}

// Over plain http, beyond this machine, a page has no clipboard, and the terminal takes it for
// granted. The old way to copy, right after a key or a tap, is still there.
function copyBy(text) {
  const before = document.activeElement;
  const field = document.createElement("textarea");
  field.value = text;
  field.inputMode = "none";
  document.body.append(field);
  field.select();
  document.execCommand("copy");
  field.remove();
  before.focus();
}

if (navigator.clipboard === undefined) {
  const writeText = async (text) => copyBy(text);
  Object.defineProperty(navigator, "clipboard", { value: { writeText } });
}
for (const name of ["click", "keydown"]) addEventListener(name, wake, { passive: true });
for (const button of document.querySelectorAll("#keys button")) {
  // The focus stays in the terminal.
  button.addEventListener("pointerdown", (event) => event.preventDefault());
  button.addEventListener("mousedown", (event) => event.preventDefault());
  button.addEventListener("click", () => press(button));
}
byId("typing").addEventListener("click", (event) => {
  keyboard(event.currentTarget.getAttribute("aria-pressed") !== "true");
});
byId("again").addEventListener("click", () => location.reload());
window.visualViewport?.addEventListener("resize", fill);
// A page that the browser had put away has no connection any more.
addEventListener("pageshow", ({ persisted }) => persisted && location.reload());
addEventListener("load", open);
setInterval(ask, ASK_MS);
fill();
