/**
 * The prediction: the view asks for it before the first run plays, keeps it, and shows it at the end
 * beside what happened.
 */

import { button, can, div, h, nextId, onChange, write } from "./elements.js";

/** The question before the run plays, and the prediction beside what happened after the end. */
export function makePrediction({ act, view }) {
  const legend = h("legend");
  const list = div("em-choices");
  const chosen = () => list.querySelector("input:checked")?.value;
  const keep = button("Keep my prediction", () => chosen() && act.predict(chosen()), { class: "em-strong" });
  const later = button("Decide later", () => act.decideLater());
  const form = h("fieldset", { class: "em-ask" }, legend, list, div("em-row", keep, later));
  const after = h("p", { class: "em-after", role: "status" });
  const name = nextId();
  const radio = (value) => h("input", { type: "radio", name, value, onchange: () => can(keep, true) });
  const fresh = onChange();
  function renew({ question, choices = [] }) {
    write(legend, `Before you watch: ${question ?? ""}`);
    list.replaceChildren(...choices.map((text) => h("label", {}, radio(text), ` ${text}`)));
    can(keep, false);
    keep.hidden = !choices.length;
    write(later, choices.length ? "Decide later" : "Go on");
  }
  return {
    nodes: [form, after],
    draw(now) {
      if (fresh(now.ask)) renew(now.ask);
      form.hidden = !view.gated;
      write(after, now.at.scene === 0 && !view.gated ? comparison(now) : "");
      after.hidden = !after.textContent;
    },
  };
}

/** The prediction as a text, and after the end also what happened. */
export function comparison({ ask, prediction, outcome, seenEnd }) {
  const mine = prediction ? `You predicted: ${prediction}. ` : "";
  if (!seenEnd || !outcome) return mine;
  const known = prediction && ask.choices?.includes(outcome);
  const verdict = !known ? "" : outcome === prediction ? " As you predicted." : " What made the difference?";
  return `${mine}What happened: ${outcome.replace(/\.$/, "")}.${verdict}`;
}

/**
 * Tells whether to ask for a prediction: none was made, the end was not seen, and the run is more than a
 * start.
 */
export const isAsked = ({ ask, prediction, seenEnd, at, scene }) =>
  Boolean(ask.question && !prediction && !seenEnd && at.scene === 0 && scene.runs[0].frames.length > 1);

/** Tells whether this is the end of the notebook's own first run. */
export const isEnd = ({ at, last }) => at.scene === 0 && at.run === 0 && at.frame === last && last > 0;
