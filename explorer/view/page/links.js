/** Links: the page's address changes with what is shown, and the page shows what its address says. */

import { addressOf, placeFrom } from "./address.js";
import { keyOf, Unreadable } from "./recipes.js";

const LATER = 400; // milliseconds: browsers refuse an address that changes many times a second

/** Tells whether two places are in the same run. Then they share one entry of the browser's history. */
const sameRun = (one, other) => one?.scene === other.scene && keyOf(one.recipe) === keyOf(other.recipe);

/** Keeps a window's address and the place that a play shows equal. @param {import("./play.js").Play} play */
export class Links {
  constructor(window, play) {
    Object.assign(this, { window, play, kept: null, timer: 0, going: false });
    ["at", "point", "plane"].forEach((name) => play.model.on(`change:${name}`, () => this.#follow()));
    window.addEventListener("popstate", () => this.open());
    window.addEventListener("pagehide", () => this.flush());
  }

  /** Go to the place in the address, or to the first scene if the address cannot be read. */
  async open() {
    const { play, window } = this;
    clearTimeout(this.timer);
    this.going = true;
    await play.visit(this.#asked(window.location.hash.slice(1)));
    this.going = false;
    this.kept = play.place();
    if (this.kept) this.#write("replaceState");
  }

  #asked(text) {
    const { book } = this.play;
    const first = { scene: book.scenes[0].id };
    try {
      return placeFrom(text) ?? first;
    } catch (error) {
      if (error instanceof Unreadable) return { ...first, trouble: book.told.noLink };
      throw error;
    }
  }

  /**
   * Another run makes a new entry of the history. Another frame changes the present entry, a little later.
   */
  #follow() {
    const place = this.play.place();
    if (this.going || !place) return;
    const same = sameRun(this.kept, place);
    if (!same) this.flush();
    this.kept = place;
    if (!same) return this.#write("pushState");
    clearTimeout(this.timer);
    this.timer = setTimeout(() => this.flush(), LATER);
  }

  /** Write the address of the last place now, if it was not written yet. */
  flush() {
    if (this.timer) this.#write("replaceState");
  }

  #write(how) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.window.history[how](null, "", `#${addressOf(this.kept)}`);
  }

  /** The complete address of what is shown. */
  address() {
    this.flush();
    return this.window.location.href;
  }
}
