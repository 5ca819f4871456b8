import { html } from 'lit';
import '@vaadin/radio-group/vaadin-radio-button.js';

/** One of a few, with a sentence on what it means. */
export const choice = (value, name, help) =>
  html`<vaadin-radio-button value=${value}
    ><label slot="label" class="choice">${name}<small>${help}</small></label></vaadin-radio-button
  >`;
