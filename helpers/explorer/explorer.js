export default { render({ model, el }) { el.innerHTML = `<div class="explorer">explorer ${model.get("scenes").length} at ${model.get("at").frame}</div>`; } };
