import { html } from 'lit';
import { t } from '../words/words.js';
import { copy } from './copy.js';
import { icon } from './icons.js';

/** A text to read and to copy as it is. */
export const codeBlock = (text, name) =>
  html`<div class="code-block">
    <button class="small" aria-label="${t('common.copy')}: ${name}" @click=${() => copy(text)}>${icon('copy')}${t('common.copy')}</button>
    <pre tabindex="0" role="region" aria-label=${name}>${text}</pre>
  </div>`;
