"use strict";

// What the reviewer said: kept by the browser while the page is closed, and written into the file
// that goes back.

const LONGEST = 20000;

function randomName() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

class ReviewRecord {
  constructor(pack, { changed, replaced }) {
    Object.assign(this, { pack, changed, replaced });
    this.place = `asset-bridge-review-${pack.pack}`;
    this.isKept = true;
    this.state = this.read() || {
      session: randomName(), reviewer: "", verdicts: {}, comments: {}, isSaved: true,
    };
    this.keep();
  }

  get reviewer() { return this.state.reviewer; }

  set reviewer(name) {
    this.state.reviewer = name;
    this.said();
  }

  verdict(key) { return this.state.verdicts[key]?.verdict || ""; }

  why(key) { return this.state.verdicts[key]?.note || ""; }

  comments(key) { return this.state.comments[key] || []; }

  get decided() { return this.pack.items.filter((item) => this.verdict(item.key)).length; }

  get isSaved() { return this.state.isSaved; }

  get isEmpty() { return this.lines().length === 0; }

  // The same verdict again takes it back.
  decide(key, verdict) {
    const same = this.verdict(key) === verdict;
    this.put(key, same ? "" : verdict, this.why(key));
    return !same;
  }

  explain(key, note) { this.put(key, this.verdict(key), note.slice(0, LONGEST)); }

  comment(key, text, place) {
    const comment = { id: randomName(), text: text.slice(0, LONGEST), ...place };
    this.state.comments[key] = [...this.comments(key), comment];
    this.said();
    return comment;
  }

  uncomment(key, id) {
    this.state.comments[key] = this.comments(key).filter((one) => one.id !== id);
    this.said();
  }

  // What goes back: beside each verdict what it was given for, as this page has it.
  file() {
    return {
      kind: "asset-bridge/review-verdicts",
      version: 1,
      pack: this.pack.pack,
      session: this.state.session,
      reviewer: this.reviewer.trim(),
      saved_at: new Date().toISOString(),
      verdicts: this.lines(),
    };
  }

  saved() {
    this.state.isSaved = true;
    this.keep();
    this.changed();
  }

  // Another tab shows the same pack, and said something.
  reload() {
    this.state = this.read() || this.state;
    this.replaced();
  }

  lines() {
    return this.pack.items
      .filter((item) => this.verdict(item.key) || this.comments(item.key).length)
      .map((item) => ({
        key: item.key,
        content: item.content,
        transformation: item.transformation,
        picture: item.sha256,
        verdict: this.verdict(item.key),
        note: this.verdict(item.key) ? this.why(item.key) : "",
        given_at: this.state.verdicts[item.key]?.given_at || 0,
        comments: this.comments(item.key),
      }));
  }

  // Later is later, even where the clock was set back.
  put(key, verdict, note) {
    const before = this.state.verdicts[key]?.given_at || 0;
    const given_at = Math.max(Date.now(), before + 1);
    this.state.verdicts[key] = { verdict, note, given_at };
    this.said();
  }

  said() {
    this.state.isSaved = false;
    this.keep();
    this.changed();
  }

  keep() {
    try {
      localStorage.setItem(this.place, JSON.stringify(this.state));
    } catch {
      this.isKept = false;
    }
  }

  read() {
    try {
      const found = JSON.parse(localStorage.getItem(this.place));
      return found && typeof found.session === "string" && found.verdicts && found.comments
        ? found : null;
    } catch {
      return null;
    }
  }
}
