// The picture: fitted or enlarged, moved about, and marked with points and frames.

const FARTHEST = 16;
const MARGIN = 24;
const DRAG = 5;
const TOOLS = 48; // pixels that the tool bar takes at the bottom

class Viewer {
  constructor(stage, picture, { pins, frame, placed, chosen, missing }) {
    Object.assign(this, { stage, picture, pins, frame, placed, chosen });
    this.mode = "fit";
    this.scale = 1;
    this.left = 0;
    this.top = 0;
    this.isPinning = false;
    this.marks = [];
    this.pointers = new Map();
    picture.addEventListener("load", () => { missing(false); this.arrange(); });
    picture.addEventListener("error", () => missing(true));
    stage.addEventListener("wheel", (event) => this.wheel(event), { passive: false });
    stage.addEventListener("dblclick", (event) => this.toggle(event));
    stage.addEventListener("pointerdown", (event) => this.down(event));
    stage.addEventListener("pointermove", (event) => this.move(event));
    stage.addEventListener("pointerup", (event) => this.up(event));
    stage.addEventListener("pointercancel", (event) => this.up(event));
    new ResizeObserver(() => this.arrange()).observe(stage);
  }

  show(source, alt) {
    this.picture.alt = alt;
    if (this.mode === "free") this.mode = "fit";
    if (this.picture.getAttribute("src") !== source) this.picture.src = source;
    this.arrange();
  }

  // Points and frames in fractions of the picture, each with the number of its comment.
  mark(marks) {
    this.marks = marks;
    this.pins.replaceChildren(...marks.map((mark) => this.pinOf(mark)));
    this.paint();
  }

  pin(isOn) {
    this.isPinning = isOn;
    this.stage.classList.toggle("pinning", isOn);
    if (!isOn) this.frame.hidden = true;
  }

  fit() { this.mode = "fit"; this.arrange(); }

  full() { this.zoomTo(1 / devicePixelRatio); this.mode = "full"; }

  zoom(factor, at) { this.zoomTo(this.scale * factor, at); this.mode = "free"; }

  zoomTo(wanted, at) {
    const box = this.stage.getBoundingClientRect();
    const x = at ? at.clientX - box.left : box.width / 2;
    const y = at ? at.clientY - box.top : box.height / 2;
    const scale = Math.min(FARTHEST, Math.max(this.fitting() / 4, wanted));
    this.left = x - (x - this.left) * (scale / this.scale);
    this.top = y - (y - this.top) * (scale / this.scale);
    this.scale = scale;
    this.paint();
  }

  fitting() {
    const { naturalWidth, naturalHeight } = this.picture;
    if (!naturalWidth || !naturalHeight) return 1;
    const wide = (this.stage.clientWidth - 2 * MARGIN) / naturalWidth;
    const high = (this.stage.clientHeight - 2 * MARGIN - TOOLS) / naturalHeight;
    return Math.max(0.001, Math.min(1, wide, high));
  }

  arrange() {
    if (this.mode === "free") { this.paint(); return; }
    this.scale = this.mode === "fit" ? this.fitting() : 1 / devicePixelRatio;
    this.left = (this.stage.clientWidth - this.picture.naturalWidth * this.scale) / 2;
    const free = this.stage.clientHeight - this.picture.naturalHeight * this.scale;
    this.top = (this.mode === "fit" ? free - TOOLS : free) / 2;
    this.paint();
  }

  paint() {
    const { style } = this.picture;
    style.transform = `translate(${this.left}px, ${this.top}px) scale(${this.scale})`;
    this.picture.classList.toggle("grown", this.scale * devicePixelRatio > 1.5);
    [...this.pins.children].forEach((pin, index) => this.lay(pin, this.marks[index].place));
  }

  lay(element, place) {
    const wide = this.picture.naturalWidth * this.scale;
    const high = this.picture.naturalHeight * this.scale;
    element.style.left = `${this.left + place.x * wide}px`;
    element.style.top = `${this.top + place.y * high}px`;
    if (place.width !== undefined) {
      element.style.width = `${place.width * wide}px`;
      element.style.height = `${place.height * high}px`;
    }
  }

  pinOf(mark) {
    const pin = document.createElement("button");
    pin.type = "button";
    pin.className = mark.place.width === undefined ? "point" : "region";
    pin.setAttribute("aria-label", mark.label);
    const number = document.createElement("span");
    number.textContent = mark.number;
    pin.append(number);
    pin.addEventListener("click", () => this.chosen(mark.id));
    return pin;
  }

  // Where on the picture: 0 to 1, and nowhere else.
  placeOf(event) {
    const box = this.stage.getBoundingClientRect();
    const within = (value) => Math.min(1, Math.max(0, value));
    const { naturalWidth, naturalHeight } = this.picture;
    return {
      x: within((event.clientX - box.left - this.left) / (naturalWidth * this.scale || 1)),
      y: within((event.clientY - box.top - this.top) / (naturalHeight * this.scale || 1)),
    };
  }

  wheel(event) {
    if (event.target.closest("video")) return;
    event.preventDefault();
    this.zoom(Math.exp(-event.deltaY * (event.deltaMode ? 0.05 : 0.0015)), event);
  }

  toggle(event) {
    if (event.target.closest("button, video")) return;
    if (this.mode === "fit") {
      this.zoomTo(1 / devicePixelRatio, event);
      this.mode = "free";
    } else {
      this.fit();
    }
  }

  down(event) {
    if (event.button !== 0 || event.target.closest("button, video")) return;
    this.stage.setPointerCapture(event.pointerId);
    this.pointers.set(event.pointerId, event);
    this.began = { x: event.clientX, y: event.clientY, place: this.placeOf(event) };
    this.spread = this.distance();
  }

  move(event) {
    const before = this.pointers.get(event.pointerId);
    if (!before) return;
    this.pointers.set(event.pointerId, event);
    if (this.pointers.size > 1) {
      const spread = this.distance();
      this.zoom(spread / (this.spread || spread), event);
      this.spread = spread;
    } else if (this.isPinning) {
      const place = this.regionTo(event);
      this.frame.hidden = !place;
      if (place) this.lay(this.frame, place);
    } else {
      this.mode = "free";
      this.left += event.clientX - before.clientX;
      this.top += event.clientY - before.clientY;
      this.paint();
    }
  }

  up(event) {
    if (!this.pointers.delete(event.pointerId) || !this.isPinning) return;
    if (event.type === "pointercancel") { this.frame.hidden = true; return; }
    const region = this.regionTo(event);
    this.frame.hidden = true;
    this.placed(region || this.began.place);
  }

  regionTo(event) {
    const far = Math.max(
      Math.abs(event.clientX - this.began.x), Math.abs(event.clientY - this.began.y));
    if (far < DRAG) return null;
    const one = this.began.place;
    const other = this.placeOf(event);
    const width = Math.abs(one.x - other.x);
    const height = Math.abs(one.y - other.y);
    if (!width || !height) return null;
    return { x: Math.min(one.x, other.x), y: Math.min(one.y, other.y), width, height };
  }

  distance() {
    const [one, other] = [...this.pointers.values()];
    return other ? Math.hypot(one.clientX - other.clientX, one.clientY - other.clientY) : 0;
  }
}
