/* One rubric on the page of a submission: its lines, their points, and how these are saved. */
var RubricPanel = (function () {
    "use strict";
    var NOT_SAVED = "Not saved. Is JupyterLab still running? Load this page again, and look what is there.";

    function make(tag, className, text) {
        var made = document.createElement(tag);
        if (className) { made.className = className; }
        if (text !== undefined) { made.textContent = text; }
        return made;
    }

    function rounded(number) { return Math.round(number * 1000) / 1000; }

    function sum(lines) {
        return rounded(lines.reduce(function (all, each) { return all + each.points; }, 0));
    }

    /* One rubric on the page. grade, comment: nbgrader's models, once they are loaded. points: the points of
       each line; null for a line to which nobody has given points. The points are read only once, because an
       answer of the server to an earlier change must not undo a later change. */
    function RubricPanel(question, lines, cell) {
        this.question = question;
        this.lines = lines;
        this.cell = cell;
        this.points = null;
        this.failed = false; // whether something on this page could not be saved
        this.isSending = false;
        this.unsent = null; // data to save as soon as the server has answered
        this.rows = lines.map(this.row, this);
        this.build();
    }

    RubricPanel.prototype.row = function (line, n) {
        var row = make("div", "rubric-line"), id = "rubric-" + this.question + "-" + n;
        var tick = make("input", "tabbable"), points = make("input", "tabbable"), label = make("label", "", line.says);
        tick.type = "checkbox";
        tick.id = label.htmlFor = id;
        points.type = "number";
        points.min = 0;
        points.max = line.points;
        points.step = 0.5;
        points.setAttribute("aria-label", "Points of " + line.points + " for: " + line.says);
        $(tick).on("change", this.ticked.bind(this, n)); // nbgrader's script triggers it through jQuery too
        $(points).on("change", this.typed.bind(this, n));
        var of = make("span", "rubric-points");
        of.append(points, " of " + line.points);
        row.append(tick, label, of);
        return {line: line, element: row, tick: tick, points: points};
    };

    RubricPanel.prototype.build = function () {
        var side = make("div", "rubric-side"), all = make("fieldset", "rubric");
        this.total = make("p", "rubric-sum");
        this.says = make("p", "rubric-told");
        this.says.setAttribute("role", "status");
        all.setAttribute("aria-busy", "true"); // until nbgrader has loaded the saved data
        this.all = all;
        all.append(make("legend", "", "Rubric"));
        this.rows.forEach(function (each) { all.append(each.element); });
        all.append(this.total, this.says);
        side.append(all);
        this.cell.classList.add("with-rubric");
        this.cell.querySelector(".panel-body").after(side);
    };

    RubricPanel.prototype.isReady = function () { return Boolean(this.points); };

    /* Called when one of nbgrader's two models is loaded: when both are, the stored data can be shown. */
    RubricPanel.prototype.loaded = function () {
        if (!this.grade || !this.comment || this.points) { return; }
        var stored = rubricComment.split(this.comment.get("manual_comment")).lines;
        this.points = this.lines.map(function (line) {
            var found = stored.find(function (each) { return each.line === line.name; });
            return found ? found.points : null;
        });
        this.all.setAttribute("aria-busy", "false");
        this.show();
    };

    RubricPanel.prototype.isRead = function () {
        return this.points.some(function (each) { return each !== null; });
    };

    /* Return the data to store: nothing, as long as no line has points. */
    RubricPanel.prototype.given = function () {
        if (!this.isRead()) { return []; }
        return this.lines.map(function (line, n) {
            return {line: line.name, points: this.points[n] || 0, of: line.points, says: line.says};
        }, this);
    };

    RubricPanel.prototype.show = function () {
        if (!this.isReady()) { return; }
        this.rows.forEach(function (row, n) {
            var points = this.points[n];
            row.tick.checked = points === row.line.points;
            row.tick.indeterminate = points > 0 && points !== row.line.points;
            if (row.points !== document.activeElement) { row.points.value = points === null ? "" : points; }
        }, this);
        var all = sum(this.given());
        this.total.textContent = this.isRead() ? "Sum: " + all + " of " + sum(this.lines) : "No line has points yet.";
        this.compare(all);
    };

    /* A typed mark has precedence. Then the student reads that the mark is not the sum of the lines. */
    RubricPanel.prototype.compare = function (all) {
        var mark = this.grade.get("manual_score");
        var differs = this.isRead() && mark !== null && mark !== "" && rounded(Number(mark)) !== all;
        if (this.failed) { this.say(NOT_SAVED, true); }
        else if (differs && !this.isSending) {
            this.say("The mark in the box is " + mark + ". It counts, and these lines sum to " + all + ".", true);
        } else { this.say("", false); }
    };

    RubricPanel.prototype.say = function (text, warns) {
        this.says.textContent = text;
        this.says.classList.toggle("warns", warns);
    };

    RubricPanel.prototype.ticked = function (n) {
        var row = this.rows[n];
        if (!this.isReady()) { row.tick.checked = false; return; }
        // When nbgrader's script leaves the page, it reports a change of every box.
        if (row.tick.checked === (this.points[n] === row.line.points)) { return finished(); }
        this.give(n, row.tick.checked ? row.line.points : 0);
    };

    RubricPanel.prototype.typed = function (n) {
        var row = this.rows[n];
        if (!this.isReady()) { row.points.value = ""; return; }
        if (row.points.value === (this.points[n] === null ? "" : String(this.points[n]))) { return finished(); }
        var points = Math.min(Math.max(Number(row.points.value), 0), row.line.points);
        row.points.value = points;
        this.give(n, points);
    };

    /* Give one line points. From now on, lines that nobody has marked yet have 0 points. */
    RubricPanel.prototype.give = function (n, points) {
        var all = this.points.map(function (each) { return each || 0; });
        all[n] = points;
        this.write(all, {});
    };

    /* more: further values to save with the mark. */
    RubricPanel.prototype.write = function (points, more) {
        if (!this.isReady()) { return; }
        this.points = points;
        this.save(Object.assign(more, {manual_score: sum(this.given())}));
    };

    /* Save the comment with the points of each line, and values of the mark if there are any. Requests are sent
       one after the other, so that the last one counts. */
    RubricPanel.prototype.save = function (values) {
        this.unsent = Object.assign(this.unsent || {}, values);
        if (!this.isSending) { this.send(); }
        this.show();
    };

    RubricPanel.prototype.send = function () {
        var values = this.unsent, text = this.cell.querySelector(".comment").value;
        this.isSending = true;
        this.unsent = null;
        put(this.comment, {manual_comment: rubricComment.join(text, this.given())}, function (isSaved) {
            if (!isSaved || !Object.keys(values).length) { return this.sent(isSaved); }
            put(this.grade, values, this.sent.bind(this));
        }.bind(this));
    };

    RubricPanel.prototype.sent = function (isSaved) {
        this.failed = this.failed || !isSaved;
        if (this.unsent) { return this.send(); }
        this.isSending = false;
        this.show();
        finished();
    };

    function put(model, values, then) {
        model.save(values, {success: function () { then(true); }, error: function () { then(false); }});
    }

    function finished() { $(document).trigger("finished_saving"); }

    return RubricPanel;
})();
