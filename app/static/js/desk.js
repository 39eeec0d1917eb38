// The client of Claim Desk: an enhancement only; every action is also a link or a form.
import "./flash.js";
import "./menus.js";
import "./theme.js";
import "./drafts.js";
import "./scroll.js";
import "./rows.js";
import "./card.js";
import "./intake.js";
import "./triage.js";
import "./selection.js";
import "./keys.js";
import "./palette.js";
import "./together.js";
import "./reveal.js";
import "./jobs.js";
