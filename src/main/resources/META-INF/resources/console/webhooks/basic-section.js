import { html } from 'lit';
import '@vaadin/checkbox';
import '@vaadin/checkbox-group';
import '@vaadin/radio-group';
import '@vaadin/text-field';
import { t } from '../words/words.js';
import { choice } from './choice.js';
import { FormSection } from './form-section.js';

/** Basic Configuration: name, channels, URL, payload version. */
class BasicSection extends FormSection {
  render() {
    const draft = this.draft;
    return html`<section class="card" aria-labelledby="basic">
      <h2 id="basic">${t('form.basic')}</h2>
      <p class="lead">${t('form.basicHelp')}</p>
      <vaadin-text-field
        data-field="name"
        manual-validation
        required
        maxlength="255"
        label=${t('form.name')}
        helper-text=${t('form.nameHelp')}
        .value=${draft.name}
        .invalid=${this.fault('name') !== ''}
        .errorMessage=${this.fault('name')}
        @input=${(e) => this.change(draft, { name: e.target.value }, 'name')}
      ></vaadin-text-field>
      <vaadin-checkbox-group
        data-field="channels"
        manual-validation
        label=${t('form.channels')}
        helper-text=${t('form.channelsHelp')}
        .value=${draft.channels}
        .invalid=${this.fault('channels') !== ''}
        .errorMessage=${this.fault('channels')}
        @value-changed=${this.channelsChanged}
      >
        <vaadin-checkbox value="email" label=${t('channel.email')}></vaadin-checkbox>
        <vaadin-checkbox value="sms" label=${t('channel.sms')}></vaadin-checkbox>
      </vaadin-checkbox-group>
      <vaadin-text-field
        data-field="url"
        class="wide"
        manual-validation
        required
        label=${t('form.url')}
        helper-text=${t('form.urlHelp')}
        placeholder="https://hooks.example.com/feedback"
        autocomplete="off"
        .value=${draft.url}
        .invalid=${this.fault('url') !== ''}
        .errorMessage=${this.fault('url')}
        @input=${(e) => this.change(draft, { url: e.target.value }, 'url')}
      ></vaadin-text-field>
      ${this.version()}
    </section>`;
  }

  version() {
    return html`<vaadin-radio-group
      data-field="payloadVersion"
      manual-validation
      label=${t('form.version')}
      theme="vertical"
      .value=${this.draft.payloadVersion}
      .invalid=${this.fault('payloadVersion') !== ''}
      .errorMessage=${this.fault('payloadVersion')}
      @value-changed=${this.versionChanged}
    >
      ${choice('1', t('form.version1'), t('form.version1Help'))} ${choice('2', t('form.version2'), t('form.version2Help'))}
    </vaadin-radio-group>`;
  }

  channelsChanged(event) {
    const channels = event.detail.value;
    if (JSON.stringify(channels) !== JSON.stringify(this.draft.channels)) {
      this.change(this.draft, { channels: [...channels] }, 'channels');
    }
  }

  versionChanged(event) {
    if (event.detail.value && event.detail.value !== this.draft.payloadVersion) {
      this.change(this.draft, { payloadVersion: event.detail.value }, 'payloadVersion');
    }
  }
}

customElements.define('basic-section', BasicSection);
