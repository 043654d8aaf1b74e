/* A person's comment, and the points of each line of a rubric at its end: grading/rubrics.py writes the same. */
var rubricComment = (function () {
    "use strict";
    var BLOCK = /(?:^|\n)```rubric[ \t]*\r?\n((?:\{[^\n]*\n)+)```\s*$/;

    function given(text) {
        var told = JSON.parse(text);
        if (typeof told.line !== "string" || !isFinite(told.points) || !isFinite(told.of)) {
            throw new Error("not a line of a rubric");
        }
        return told;
    }

    /* Return a comment's text, and the points of each line. A block without valid points stays in the text. */
    function split(comment) {
        var found = BLOCK.exec(comment || "");
        if (!found) { return {text: comment || "", lines: []}; }
        try {
            var lines = found[1].trim().split("\n").map(given);
            return {text: comment.slice(0, found.index).replace(/\s+$/, ""), lines: lines};
        } catch (error) {
            return {text: comment, lines: []};
        }
    }

    function join(text, lines) {
        if (!lines.length) { return text; }
        var told = lines.map(function (each) {
            return JSON.stringify({line: each.line, points: each.points, of: each.of, says: each.says});
        });
        return (text.replace(/\s+$/, "") + "\n\n```rubric\n" + told.join("\n") + "\n```\n").replace(/^\s+/, "");
    }

    return {split: split, join: join};
})();
