/* The rubrics in nbgrader's page. The sum of the ticks is in nbgrader's own box, saved as its marks are. */
(function () {
    "use strict";
    var told = JSON.parse(document.getElementById("rubrics").textContent);
    var panels = {};

    function isSaving() {
        return Object.values(panels).some(function (each) { return each.isSending; });
    }

    /* nbgrader leaves the page after the server's first answer. Wait until all rubrics are saved. */
    var saveOfForm = FormGrader.prototype.save;
    FormGrader.prototype.save = function (callback) {
        var hasLeft = false;
        saveOfForm.call(this, function () {
            if (isSaving() || hasLeft || !callback) { return; }
            hasLeft = true;
            callback();
        });
    };

    /* If the address names no place in the page, move to the first rubric, not to the link to the next page. */
    var placeOfForm = FormGrader.prototype.setIndexFromUrl;
    FormGrader.prototype.setIndexFromUrl = function () {
        placeOfForm.call(this);
        var first = document.querySelector(".rubric-line input");
        if (first && !/[?&]index=[1-9]/.test(location.search)) {
            this.setCurrentIndex(this.getIndex(first));
            this.last_selected = $(first);
        }
    };

    function panelOf(view) { return panels[view.model.get("name")]; }

    var startOfGrade = GradeUI.prototype.initialize;
    GradeUI.prototype.initialize = function () {
        startOfGrade.apply(this, arguments);
        var panel = panelOf(this);
        if (!panel) { return; }
        panel.grade = this.model;
        this.listenTo(this.model, "change", panel.show.bind(panel));
        panel.loaded();
    };

    var fullOfGrade = GradeUI.prototype.assignFullCredit, noneOfGrade = GradeUI.prototype.assignNoCredit;
    GradeUI.prototype.assignFullCredit = function () {
        var panel = panelOf(this);
        if (!panel) { return fullOfGrade.call(this); }
        panel.write(panel.lines.map(function (line) { return line.points; }), {});
    };
    GradeUI.prototype.assignNoCredit = function () {
        var panel = panelOf(this);
        if (!panel) { return noneOfGrade.call(this); }
        panel.write(panel.lines.map(function () { return 0; }), {extra_credit: 0});
    };

    /* The box shows only the person's text. The points of the lines stay at the end of the saved comment. */
    var startOfComment = CommentUI.prototype.initialize, saveOfComment = CommentUI.prototype.save;
    CommentUI.prototype.initialize = function () {
        startOfComment.apply(this, arguments);
        var panel = panelOf(this);
        if (panel) { panel.comment = this.model; panel.loaded(); }
    };
    CommentUI.prototype.render = function () {
        var box = this.$comment[0];
        if (box && box === document.activeElement && box.value) { return; } // somebody is writing
        this.$comment.val(rubricComment.split(this.model.get("manual_comment")).text);
    };
    CommentUI.prototype.save = function () {
        var panel = panelOf(this);
        if (panel && panel.isReady()) { return panel.save({}); }
        saveOfComment.call(this);
    };

    // Not jQuery's event: it may fire after the start of nbgrader's script, which counts the boxes of the page.
    document.addEventListener("DOMContentLoaded", function () {
        Object.keys(told.questions).forEach(function (question) {
            var box = document.getElementById(question), cell = box && box.closest(".nbgrader_cell");
            if (cell) { panels[question] = new RubricPanel(question, told.questions[question], cell); }
        });
        if (told.fault) {
            var note = document.createElement("div");
            note.className = "alert alert-danger";
            note.textContent = "The rubric cannot be shown. " + told.fault;
            document.getElementById("notebook-container").prepend(note);
        }
    });
})();
