/** The report: the state in words, the lights of the laws, errors and failed requests, help for keys. */

import { div, h, onChange, span, together, write } from "./elements.js";

/** The sentence about the state, the laws, and everything that went wrong. */
export const makeReport = (app) => together([makeWords(app), makeError(), makeTrouble(app)]);

/** A law's CSS class, its sign, and a word for people who do not see the sign. */
function lightOf(ok) {
  if (ok) return ["em-ok", "✓", "holds: "];
  return ok === false ? ["em-bad", "✗", "broken: "] : ["em-open", "·", "not yet known: "];
}

/** The sentence about the state, the sentences of broken laws, and a light for each law. */
function makeWords({ view }) {
  const words = h("p", { class: "em-words" });
  const broken = div("em-broken");
  const spoken = h("div", { "aria-live": "polite", "aria-atomic": "true" }, words, broken);
  const lights = h("ul", { class: "em-lights", "aria-label": "Laws of EM" });
  const light = ({ key, law, ok }) => {
    const [name, sign, said] = lightOf(ok);
    return h("li", { class: name, "data-law": key }, h("span", { "aria-hidden": "true" }, sign), span("em-hidden", said), law);
  };
  const fresh = onChange();
  return {
    nodes: [spoken, lights],
    draw({ frame, run, at, last }) {
      // while a run plays, half-steps are not announced
      spoken.setAttribute("aria-live", view.playing ? "off" : "polite");
      write(words, at.frame === last && run.end ? `${frame.words} ${run.end}` : frame.words);
      if (!fresh(frame)) return;
      lights.replaceChildren(...frame.laws.map(light));
      const sentences = frame.laws.filter((law) => law.ok === false).map((law) => law.sentence);
      broken.replaceChildren(...sentences.map((text) => h("p", {}, text)));
    },
  };
}

/** The error of a learner's function, with the line of the learner's code. */
function makeError() {
  const sentence = h("p");
  const where = h("p");
  const line = h("code");
  const attributes = { class: "em-error", role: "group", "aria-label": "Error" };
  const box = h("div", attributes, sentence, where, h("pre", {}, line));
  return {
    nodes: [box],
    draw({ run, at, last }) {
      const error = at.frame === last ? run.error : null;
      box.hidden = !error;
      write(sentence, error?.sentence ?? "");
      write(where, error?.where ? `In ${error.where}:` : "");
      write(line, error?.line?.trim() ?? "");
    },
  };
}

export const HELP = [
  "Left and Right: half a step.", "Page Up and Page Down: a whole iteration.", "Home and End: start and end.",
  "Space: play.", "On a mean, Shift and an arrow move it, and Enter runs EM from there.",
  "On the large digit, arrows move the eraser, and Space erases.", "Escape: back to the notebook.",
];

/** The sentence about a failed request, and help. */
function makeTrouble({ view }) {
  const trouble = h("p", { class: "em-trouble", role: "alert" });
  const keys = h("details", { class: "em-keys" }, h("summary", {}, "Keys"), h("p", {}, HELP.join(" ")));
  return {
    nodes: [trouble, keys],
    draw(now) {
      write(trouble, now.trouble || view.silence);
      trouble.hidden = !trouble.textContent;
    },
  };
}
