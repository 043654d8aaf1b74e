/** Links: the page's address follows what is shown, and the page follows its address. */

import { addressOf, placeFrom } from "./address.js";
import { keyOf, Unreadable } from "./recipes.js";

const LATER = 400; // milliseconds: browsers refuse an address that changes many times a second

/** Whether two places are of the same run: then going back skips from one to the other. */
const sameRun = (one, other) => one?.scene === other.scene && keyOf(one.recipe) === keyOf(other.recipe);

/** Keep the address of a window and the places of a play together. @param {import("./play.js").Play} play */
export class Links {
  constructor(window, play) {
    Object.assign(this, { window, play, kept: null, timer: 0, going: false });
    ["at", "point", "plane"].forEach((name) => play.model.on(`change:${name}`, () => this.#follow()));
    window.addEventListener("popstate", () => this.open());
    window.addEventListener("pagehide", () => this.flush());
  }

  /** Go where the address says; to the first scene where it says nothing that can be read. */
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

  /** Another run is a new entry of the history; another frame changes the entry, a little later. */
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

  /** Write the address of what was shown last, if that is still to be done. */
  flush() {
    if (this.timer) this.#write("replaceState");
  }

  #write(how) {
    clearTimeout(this.timer);
    this.timer = 0;
    this.window.history[how](null, "", `#${addressOf(this.kept)}`);
  }

  /** The whole address of what is shown. */
  address() {
    this.flush();
    return this.window.location.href;
  }
}
