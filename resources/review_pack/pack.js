// The page: one picture at a time, its verdict and comments, and the keys for all of it.
// Everything that comes from outside is put in as text, never as markup.

const VERDICTS = ["approved", "changes_requested", "rejected"];
const byId = (id) => document.getElementById(id);
const told = (id) => JSON.parse(byId(id).textContent);

class Page {
  constructor(pack, { words, language }) {
    Object.assign(this, { pack, words, language });
    this.at = 0;
    this.drafts = {};
    this.unplayed = new Set();
    this.isFilm = false;
    this.isRightToLeft = document.documentElement.dir === "rtl";
    this.numbers = new Intl.NumberFormat(language);
    this.record = new ReviewRecord(pack, {
      changed: () => this.tell(), replaced: () => this.tellAll(),
    });
    this.viewer = new Viewer(byId("stage"), byId("picture"), {
      pins: byId("pins"),
      frame: byId("frame"),
      placed: (place) => this.place(place),
      chosen: (id) => this.choose(id),
      missing: (isMissing) => { byId("missing").hidden = !isMissing; },
    });
    this.label();
    this.fillStrip();
    this.listen();
    this.show(0);
    this.tellAll();
  }

  get item() { return this.pack.items[this.at]; }

  say(key, values = {}) {
    return this.words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  }

  date(text, style) {
    return new Intl.DateTimeFormat(this.language, style).format(new Date(text));
  }

  // What does not change

  label() {
    const { pack } = this;
    const labels = {
      "name-label": "name", save: "save", "zoom-in": "zoom_in", "zoom-out": "zoom_out", fit: "fit",
      full: "full", pin: "pin", moment: "moment", next: "next", previous: "previous", approved: "approve",
      changes_requested: "changes", rejected: "reject", "verdict-label": "verdict",
      "comments-label": "comments", "no-comments": "no_comments", add: "add",
      "keys-label": "help", "keys-close": "close", missing: "missing",
    };
    for (const [id, key] of Object.entries(labels)) byId(id).textContent = this.say(key);
    for (const verdict of VERDICTS) {
      const key = document.createElement("kbd");
      key.textContent = byId(verdict).getAttribute("aria-keyshortcuts");
      key.setAttribute("aria-hidden", "true");
      byId(verdict).append(key);
    }
    byId("why").placeholder = this.say("why");
    byId("why").setAttribute("aria-label", this.say("why"));
    byId("help").setAttribute("aria-label", this.say("help"));
    byId("help").title = this.say("help");
    byId("save").title = this.say("save_hint", { who: pack.made_by });
    byId("pin").title = this.say("pin_hint");
    byId("strip").setAttribute("aria-label", this.say("pictures"));
    byId("title").textContent = pack.title;
    byId("note").textContent = pack.note;
    const day = { dateStyle: "long" };
    const facts = [this.say("from", { who: pack.made_by, date: this.date(pack.made_at, day) })];
    const full = { dateStyle: "long", timeStyle: "short" };
    if (pack.due) facts.push(this.say("due", { date: this.date(pack.due, full) }));
    byId("facts").textContent = facts.join(" · ");
    byId("name").value = this.record.reviewer;
    if (!this.record.isKept) this.notice("memory");
  }

  fillStrip() {
    byId("strip").replaceChildren(...this.pack.items.map((item, index) => {
      const button = document.createElement("button");
      button.type = "button";
      const picture = document.createElement("img");
      picture.loading = "lazy";
      picture.decoding = "async";
      picture.alt = "";
      picture.src = item.picture;
      const mark = document.createElement("span");
      mark.className = "mark";
      button.append(picture, mark);
      button.addEventListener("click", () => this.show(index));
      return button;
    }));
  }

  // What is shown now

  show(index) {
    const last = this.pack.items.length - 1;
    this.drafts[this.item.key] = { text: byId("text").value, place: this.draft };
    const before = this.at;
    this.at = Math.max(0, Math.min(last, index));
    const { item } = this;
    const { text = "", place = null } = this.drafts[item.key] || {};
    byId("text").value = text;
    this.draft = place;
    this.setPinning(false);
    this.viewer.show(item.picture, this.nameOf(this.at));
    this.showFilm(item.film || "");
    byId("item-name").textContent = item.title || item.name;
    const what = [item.preset_title || this.say("master"), item.channel];
    if (item.width) what.push(`${item.width} × ${item.height}`);
    if (item.title) what.push(item.name);
    byId("item-what").textContent = what.filter(Boolean).join(" · ");
    byId("item-caption").textContent = item.caption;
    const truth = item.kind === "video" && !this.isFilm ? "film" : { approximate: "approximate",
      "cloud only": "cloud_only" }[item.fidelity];
    byId("item-truth").hidden = !truth;
    byId("item-truth").textContent = truth ? [this.say(truth), this.whyStill(truth)]
      .filter(Boolean).join(": ") : "";
    this.tellCell(before);
    this.tell();
    this.lookAhead();
    byId("strip").children[this.at].scrollIntoView({ block: "nearest", inline: "center" });
    byId("stage").setAttribute("aria-label", this.nameOf(this.at));
  }

  // Why a film is one picture: the pack has no film of it, or this browser does not play it.
  whyStill(truth) {
    if (truth !== "film") return "";
    return this.item.why_still || (this.item.film ? this.say("unplayed") : "");
  }

  // The film itself, where the pack has it and the browser plays it; else its picture.
  showFilm(source) {
    const film = byId("film");
    this.isFilm = Boolean(source) && !this.unplayed.has(source);
    film.hidden = !this.isFilm;
    byId("moment").hidden = !this.isFilm;
    for (const id of ["zoom-out", "fit", "full", "zoom-in", "pin"]) byId(id).hidden = this.isFilm;
    byId("stage").classList.toggle("filmed", this.isFilm);
    if (!this.isFilm) {
      film.pause();
      film.removeAttribute("src");
    } else if (film.getAttribute("src") !== source) {
      film.src = source;
      film.setAttribute("aria-label", this.nameOf(this.at));
    }
  }

  filmFails() {
    const source = byId("film").getAttribute("src");
    if (!source) return;
    this.unplayed.add(source);
    this.show(this.at);
  }

  play() {
    const film = byId("film");
    if (!this.isFilm) return;
    if (film.paused) film.play().catch(() => {});
    else film.pause();
  }

  moment() {
    if (!this.isFilm) return;
    byId("film").pause();
    this.place({ seconds: Math.round(byId("film").currentTime * 1000) / 1000 });
  }

  time(seconds) {
    const whole = Math.floor(seconds);
    const two = new Intl.NumberFormat(this.language, { minimumIntegerDigits: 2 });
    return `${this.numbers.format(Math.floor(whole / 60))}:${two.format(whole % 60)}`;
  }

  nameOf(index) {
    const item = this.pack.items[index];
    const name = [item.title || item.name, item.preset_title].filter(Boolean).join(", ");
    const n = this.numbers.format(index + 1);
    return this.say("picture", { n, all: this.numbers.format(this.pack.items.length), name });
  }

  // The pictures on both sides are decoded before they are wanted.
  lookAhead() {
    this.ahead = [this.at + 1, this.at - 1].map((index) => this.pack.items[index])
      .filter(Boolean).map((item) => {
        const picture = new Image();
        picture.src = item.picture;
        picture.decode().catch(() => {});
        return picture;
      });
  }

  tell() {
    const { record, item } = this;
    const verdict = record.verdict(item.key);
    for (const one of VERDICTS) {
      byId(one).setAttribute("aria-pressed", String(one === verdict));
    }
    const why = byId("why");
    why.disabled = !verdict;
    if (why.value !== record.why(item.key)) why.value = record.why(item.key);
    this.tellComments();
    this.tellCell(this.at);
    const done = this.numbers.format(record.decided);
    const all = this.numbers.format(this.pack.items.length);
    const parts = [this.say("progress", { done, all })];
    if (!record.isSaved) parts.push(this.say("unsaved"));
    byId("progress").textContent = parts.join(" · ");
  }

  tellAll() {
    this.pack.items.forEach((_, index) => this.tellCell(index));
    this.tell();
  }

  tellCell(index) {
    const item = this.pack.items[index];
    const button = byId("strip").children[index];
    const verdict = this.record.verdict(item.key);
    const isCurrent = index === this.at;
    button.tabIndex = isCurrent ? 0 : -1;
    button.toggleAttribute("aria-current", isCurrent);
    button.dataset.verdict = verdict;
    button.dataset.said = this.record.comments(item.key).length || "";
    const state = this.say(verdict || "undecided");
    button.setAttribute("aria-label", `${this.nameOf(index)}: ${state}`);
    button.title = `${item.title || item.name} · ${item.preset_title || this.say("master")}`;
  }

  tellComments() {
    const comments = this.record.comments(this.item.key);
    byId("no-comments").hidden = comments.length > 0;
    const list = comments.map((comment, index) => this.lineOf(comment, index));
    byId("comments").replaceChildren(...list);
    const marks = comments.map((comment, index) => ({
      id: comment.id, place: comment, number: this.numbers.format(index + 1),
      label: this.say("point", { n: this.numbers.format(index + 1) }),
    })).filter((mark) => mark.place.x !== undefined);
    const label = this.say("comment_placed");
    const isTimed = this.draft && this.draft.seconds !== undefined;
    if (this.draft && !isTimed) marks.push({ id: "", place: this.draft, number: "+", label });
    this.viewer.mark(marks);
    byId("place").textContent = isTimed
      ? this.say("comment_timed", { time: this.time(this.draft.seconds) })
      : this.say(this.draft ? "comment_placed" : "comment_hint");
  }

  lineOf(comment, index) {
    const line = document.createElement("li");
    line.id = `comment-${comment.id}`;
    line.tabIndex = -1;
    const number = document.createElement("span");
    number.className = comment.x === undefined ? "number" : "number placed";
    number.textContent = this.numbers.format(index + 1);
    const text = document.createElement("p");
    text.dir = "auto";
    text.textContent = comment.text;
    const gone = document.createElement("button");
    gone.type = "button";
    gone.textContent = "×";
    gone.title = this.say("delete");
    gone.setAttribute("aria-label", this.say("delete"));
    gone.addEventListener("click", () => this.record.uncomment(this.item.key, comment.id));
    line.append(comment.seconds === undefined ? number : this.whenOf(comment), text, gone);
    return line;
  }

  whenOf(comment) {
    const when = document.createElement("button");
    when.type = "button";
    when.className = "when";
    when.textContent = this.time(comment.seconds);
    when.addEventListener("click", () => { byId("film").currentTime = comment.seconds; });
    return when;
  }

  notice(key, values) {
    byId("notice").textContent = this.say(key, values);
    byId("notice").dataset.tone = key === "saved" ? "good" : "";
    byId("notice").hidden = false;
  }

  announce(text) { byId("status").textContent = text; }

  // What a reviewer does

  decide(verdict) {
    const isGiven = this.record.decide(this.item.key, verdict);
    this.announce(this.say(isGiven ? verdict : "cleared"));
  }

  nextOpen() {
    const { items } = this.pack;
    for (let step = 1; step <= items.length; step += 1) {
      const index = (this.at + step) % items.length;
      if (!this.record.verdict(items[index].key)) { this.show(index); return; }
    }
  }

  setPinning(isOn) {
    byId("pin").setAttribute("aria-pressed", String(isOn));
    this.viewer.pin(isOn);
    if (isOn) this.announce(this.say("pin_hint"));
  }

  place(place) {
    this.draft = place;
    this.setPinning(false);
    this.tellComments();
    byId("text").focus();
  }

  choose(id) {
    const line = byId(id ? `comment-${id}` : "text");
    line.focus();
    line.scrollIntoView({ block: "nearest" });
  }

  comment() {
    const text = byId("text").value.trim();
    if (!text) return;
    const place = this.draft;
    this.draft = null;
    byId("text").value = "";
    this.record.comment(this.item.key, text, place);
    byId("stage").focus();
  }

  save() {
    if (byId("text").value.trim()) this.comment();
    if (this.record.isEmpty) { this.notice("nothing"); return; }
    if (!this.record.reviewer.trim()) {
      this.notice("name_wanted");
      byId("name").focus();
      return;
    }
    const words = [this.pack.title, this.record.reviewer]
      .map((text) => text.normalize("NFKC").replace(/[^\p{L}\p{N}]+/gu, "-").slice(0, 40));
    const file = `verdicts-${words.join("-")}.json`.replace(/-+/g, "-");
    const data = JSON.stringify(this.record.file(), null, 1);
    const link = document.createElement("a");
    link.href = URL.createObjectURL(new Blob([data], { type: "application/json" }));
    link.download = file;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    this.record.saved();
    this.notice("saved", { file, who: this.pack.made_by });
  }

  showKeys() {
    const keys = [
      ["A", "approve"], ["C", "changes"], ["R", "reject"], ["M", "comment"], ["P", "pin"],
      ["T", "moment"], ["K", "play"],
      ["→ ←", this.isRightToLeft ? "previous" : "next"], ["N", "next_open"], ["0", "fit"],
      ["1", "full"], ["+", "zoom_in"], ["−", "zoom_out"], ["Ctrl+S", "save"], ["?", "help"],
    ];
    byId("keys-list").replaceChildren(...keys.flatMap(([key, words]) => {
      const name = document.createElement("dt");
      name.textContent = key;
      const what = document.createElement("dd");
      const both = [this.say("next"), this.say("previous")];
      what.textContent = key === "→ ←"
        ? (this.isRightToLeft ? both.reverse() : both).join(" / ") : this.say(words);
      return [name, what];
    }));
    byId("keys").showModal();
  }

  // Mouse and keyboard

  listen() {
    const clicks = {
      save: () => this.save(), help: () => this.showKeys(), fit: () => this.viewer.fit(),
      full: () => this.viewer.full(), "zoom-in": () => this.viewer.zoom(1.25),
      "zoom-out": () => this.viewer.zoom(0.8), next: () => this.show(this.at + 1),
      previous: () => this.show(this.at - 1),
      pin: () => this.setPinning(!this.viewer.isPinning),
    };
    for (const verdict of VERDICTS) clicks[verdict] = () => this.decide(verdict);
    for (const [id, act] of Object.entries(clicks)) byId(id).addEventListener("click", act);
    byId("new").addEventListener("submit", (event) => { event.preventDefault(); this.comment(); });
    byId("name").addEventListener("input", () => { this.record.reviewer = byId("name").value; });
    byId("why").addEventListener("input", () => {
      this.record.explain(this.item.key, byId("why").value);
    });
    byId("moment").addEventListener("click", () => this.moment());
    byId("film").addEventListener("error", () => this.filmFails());
    document.addEventListener("keydown", (event) => this.key(event));
    addEventListener("storage", (event) => {
      if (event.key === this.record.place) this.record.reload();
    });
    addEventListener("beforeunload", (event) => {
      if (!this.record.isKept && !this.record.isSaved) event.preventDefault();
    });
  }

  key(event) {
    const command = event.ctrlKey || event.metaKey;
    const key = this.letter(event);
    const isWriting = event.target.matches("input, textarea");
    let act = null;
    if (command && key === "s") act = () => this.save();
    else if (command && event.key === "Enter") act = () => this.comment();
    else if (event.key === "Escape" && !byId("keys").open) act = () => this.leave();
    else if (!command && !event.altKey && !isWriting && !byId("keys").open) act = this.acts()[key];
    if (!act) return;
    event.preventDefault();
    act();
  }

  // The letter of the key, also where the keyboard writes another script.
  letter(event) {
    const key = event.key.toLowerCase();
    const isOther = key.length === 1 && key > "\u007f" && event.code.startsWith("Key");
    return isOther ? event.code.slice(3).toLowerCase() : key;
  }

  acts() {
    const [ahead, back] = this.isRightToLeft
      ? ["arrowleft", "arrowright"] : ["arrowright", "arrowleft"];
    return {
      a: () => this.decide("approved"), c: () => this.decide("changes_requested"),
      r: () => this.decide("rejected"), m: () => byId("text").focus(),
      p: () => { if (!this.isFilm) this.setPinning(!this.viewer.isPinning); },
      t: () => this.moment(), k: () => this.play(), n: () => this.nextOpen(),
      [ahead]: () => this.show(this.at + 1), [back]: () => this.show(this.at - 1),
      home: () => this.show(0), end: () => this.show(this.pack.items.length - 1),
      0: () => this.viewer.fit(), 1: () => this.viewer.full(),
      "+": () => this.viewer.zoom(1.25), "=": () => this.viewer.zoom(1.25),
      "-": () => this.viewer.zoom(0.8), "?": () => this.showKeys(),
    };
  }

  leave() {
    this.setPinning(false);
    if (this.draft && !byId("text").value.trim()) this.draft = null;
    this.tellComments();
    byId("stage").focus();
  }
}

new Page(told("pack"), told("words"));
byId("stage").focus();
