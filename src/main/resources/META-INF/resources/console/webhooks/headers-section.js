import { html } from 'lit';
import { repeat } from 'lit/directives/repeat.js';
import '@vaadin/checkbox';
import '@vaadin/text-field';
import { icon } from '../parts/icons.js';
import { t } from '../words/words.js';
import { FormSection } from './form-section.js';

/** Header Parameters: rows of name and value. */
class HeadersSection extends FormSection {
  render() {
    const { headers } = this.draft;
    return html`<section class="card" aria-labelledby="headers">
      <h2 id="headers">${t('form.headers')}</h2>
      <p class="lead">${t('form.headersHelp')}</p>
      ${this.fault('headers') ? html`<p class="fault">${this.fault('headers')}</p>` : ''}
      ${headers.length === 0 ? html`<p class="none">${t('form.noHeaders')}</p>` : ''}
      <ul class="rows">
        ${repeat(
          headers,
          (header) => header,
          (header, i) => html`<li>
            ${this.text(header, i, 'name', 'form.headerKey', 'X-Team')} ${this.text(header, i, 'value', 'form.headerValue', 'crm')}
            <button type="button" class="quiet danger" aria-label=${t('form.removeHeader', { number: i + 1 })} @click=${() => this.drop(i)}>
              ${icon('trash')}
            </button>
          </li>`,
        )}
      </ul>
      <button type="button" class="small add" @click=${this.add}>${icon('plus')}${t('form.addHeader')}</button>
      <div class="trace">
        <vaadin-checkbox
          data-field="sendTraceparent"
          label=${t('form.traceparent')}
          helper-text=${t('form.traceparentHelp')}
          .checked=${this.draft.sendTraceparent}
          @change=${(e) => this.change(this.draft, { sendTraceparent: e.target.checked }, 'sendTraceparent')}
        ></vaadin-checkbox>
      </div>
    </section>`;
  }

  text(header, i, name, label, example) {
    const field = `headers[${i}].${name}`;
    return html`<vaadin-text-field
      data-field=${field}
      manual-validation
      autocomplete="off"
      label=${t(label)}
      placeholder=${example}
      .value=${header[name]}
      .invalid=${this.fault(field) !== ''}
      .errorMessage=${this.fault(field)}
      @input=${(e) => this.change(header, { [name]: e.target.value }, field)}
    ></vaadin-text-field>`;
  }

  async add() {
    this.change(this.draft, { headers: [...this.draft.headers, { name: '', value: '' }] });
    await this.updateComplete;
    requestAnimationFrame(() => [...this.querySelectorAll('li')].at(-1)?.querySelector('vaadin-text-field').focus());
  }

  /** Faults are told by position, so those of rows are not true any more. */
  drop(i) {
    const fields = Object.keys(this.faults ?? {}).filter((field) => field.startsWith('headers['));
    this.change(this.draft, { headers: this.draft.headers.filter((row, at) => at !== i) }, ...fields);
    this.querySelector('.add').focus();
  }
}

customElements.define('headers-section', HeadersSection);
