import { svg, html } from 'lit';

const shapes = {
  overview: svg`<path d="M4 19V10M10 19V5M16 19v-7M21 19H3"/>`,
  deliveries: svg`<path d="M21 4 11 14M21 4l-6.5 17-3.5-7-7-3.5z"/>`,
  campaigns: svg`<path d="M4 10v4h3l9 4.5v-13L7 10zM19.5 9.5a4 4 0 0 1 0 5M8 14l1.2 5"/>`,
  settings: svg`<path d="M4 7h9M17 7h3M4 17h3M11 17h9"/><circle cx="15" cy="7" r="2"/><circle cx="9" cy="17" r="2"/>`,
  leave: svg`<path d="M10 4H5v16h5M15 8l4 4-4 4M19 12H9"/>`,
  menu: svg`<path d="M4 6h16M4 12h16M4 18h16"/>`,
  close: svg`<path d="M6 6l12 12M18 6 6 18"/>`,
  sun: svg`<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5"/>`,
  moon: svg`<path d="M20 14.5A8.5 8.5 0 1 1 9.5 4a7 7 0 0 0 10.5 10.5z"/>`,
  chevron: svg`<path d="m9 6 6 6-6 6"/>`,
  down: svg`<path d="m6 9 6 6 6-6"/>`,
  plus: svg`<path d="M12 5v14M5 12h14"/>`,
  trash: svg`<path d="M4 7h16M9 7V4h6v3M6 7l1 13h10l1-13M10 11v5M14 11v5"/>`,
  edit: svg`<path d="M4 20h4L19 9l-4-4L4 16zM13 7l4 4"/>`,
  pause: svg`<path d="M8 5v14M16 5v14"/>`,
  play: svg`<path d="M7 5v14l11-7z"/>`,
  send: svg`<path d="M4 12h15M13 6l6 6-6 6"/>`,
  check: svg`<path d="m5 12.5 4.5 4.5L19 7"/>`,
  alert: svg`<path d="M12 4 2.5 20h19zM12 10v4.5M12 17.2v.3"/>`,
  info: svg`<circle cx="12" cy="12" r="9"/><path d="M12 11v5.5M12 7.6v.3"/>`,
  clock: svg`<circle cx="12" cy="12" r="9"/><path d="M12 7v5l3.5 2"/>`,
  copy: svg`<rect x="9" y="9" width="11" height="11" rx="2"/><path d="M5 15V6a2 2 0 0 1 2-2h8"/>`,
  refresh: svg`<path d="M20 11a8 8 0 1 0-.6 4M20 5v6h-6"/>`,
  replay: svg`<path d="M4 12a8 8 0 1 0 2.600-5.900M4 4v5h5M12 8v4.500l3 1.800"/>`,
  book: svg`<path d="M12 6.5C10 5 7 4.5 4 4.8V19c3-.3 6 .2 8 1.7 2-1.5 5-2 8-1.7V4.8c-3-.3-6 .2-8 1.7zM12 6.5v14"/>`,
  skip: svg`<circle cx="12" cy="12" r="9"/><path d="m6 18 12-12"/>`,
  link: svg`<path d="M10 14a4 4 0 0 0 6 .4l3-3a4 4 0 0 0-5.7-5.7L12 7M14 10a4 4 0 0 0-6-.4l-3 3a4 4 0 0 0 5.7 5.7L12 17"/>`,
  language: svg`<path d="M4 6h9M8.5 4v2M11 6c-.6 4-3.500 7-7 8M6 9c1 2.500 3 4.500 6 5.500M12.500 20l4-10 4 10M14 17h5"/>`,
};

/** Decoration: whatever it means is said in words beside it, or in the label of its button. */
export const icon = (name) => html`<svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">${shapes[name]}</svg>`;
