"""How the page looks: one style sheet, nothing fetched from anywhere."""

STYLE = """
:root { color-scheme: light dark; --ink: #1d1c1d; --soft: #616061; --paper: #fff; --card: #f6f5f2;
  --line: #dcdad5; --brand: #1f4d45; --on-brand: #fff; --bad: #b3261e; }
@media (prefers-color-scheme: dark) { :root { --ink: #e8e6e3; --soft: #a9a6a1; --paper: #1a1d1c;
  --card: #242827; --line: #3a403e; --brand: #7fc4b2; --on-brand: #10201c; --bad: #ff9d94; } }
* { box-sizing: border-box; }
body { margin: 0; background: var(--paper); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
header, main, footer { max-width: 72rem; margin: 0 auto; padding: 1rem; }
main { display: grid; gap: 1rem; }
@media (min-width: 60rem) { main.desk { grid-template-columns: 3fr 2fr; align-items: start; }
  .wide { grid-column: 1 / -1; } }
h1 { font-size: 1.4rem; margin: 0; } h2 { font-size: 1.05rem; margin: 0 0 .5rem; }
a { color: inherit; text-underline-offset: .2em; } p { margin: 0 0 .4rem; white-space: pre-wrap;
  overflow-wrap: anywhere; }
small, .soft { color: var(--soft); font-size: .85rem; }
section, article { min-width: 0; border: 1px solid var(--line); border-radius: 10px; padding: 1rem; }
article, .modal { background: var(--card); margin: 0 0 .75rem; }
.modal { border: 2px solid var(--brand); width: min(100%, 44rem); margin: 0 auto; }
.notice { border-left: 4px solid var(--bad); }
.people { display: grid; gap: .5rem; grid-template-columns: repeat(auto-fill, minmax(15rem, 1fr)); padding: 0;
  list-style: none; }
.people a { display: block; text-decoration: none; padding: .6rem .8rem; border: 1px solid var(--line);
  border-radius: 8px; } .people a:hover { border-color: var(--brand); }
.section, .actions, .context { margin: 0 0 .75rem; }
.section { display: flex; gap: 1rem; justify-content: space-between; align-items: start; flex-wrap: wrap; }
.header p { font-weight: 700; font-size: 1.1rem; } .context p { color: var(--soft); font-size: .9rem; }
fieldset { border: 0; padding: 0; margin: 0 0 1rem; } legend { font-weight: 600; padding: 0; }
fieldset label { display: block; } strong[role=alert] { color: var(--bad); display: block; }
input:not([type=radio], [type=checkbox]), textarea, select { width: 100%; padding: .5rem; font: inherit;
  color: inherit; background: var(--paper); border: 1px solid var(--line); border-radius: 6px; }
.row { display: flex; flex-wrap: wrap; gap: .5rem; align-items: center; } .row select { width: auto; }
.row > input { flex: 1; }
button { font: inherit; padding: .4rem .8rem; border: 1px solid var(--line); border-radius: 6px; cursor: pointer;
  background: var(--paper); color: inherit; } button.danger { color: var(--bad); border-color: currentColor; }
button.primary { background: var(--brand); color: var(--on-brand); border-color: var(--brand); }
hr { border: 0; border-top: 1px solid var(--line); margin: .75rem 0; }
:focus-visible { outline: 3px solid var(--brand); outline-offset: 2px; }
"""
