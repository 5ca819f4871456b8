import { html } from 'lit';
import { putCampaign } from '../api/campaigns.js';
import { icon } from '../parts/icons.js';
import { toast } from '../parts/toast.js';
import { View } from '../parts/view.js';
import { t } from '../words/words.js';

/** A button with the dialog that registers a campaign. Tells registered. */
class RegisterCampaign extends View {
  static properties = { problem: { state: true } };

  render() {
    return html`<button @click=${this.start}>${icon('plus')}${t('campaigns.register')}</button>
      <dialog class="box" aria-labelledby="register-title">
        <form @submit=${this.take}>
          <h2 id="register-title">${t('campaigns.register')}</h2>
          ${this.text('name', 'campaigns.name')} ${this.text('campaignID', 'campaigns.id', 'campaigns.idHelp')}
          ${this.select('category', 'campaigns.category', ['Transactional', 'Marketing'], 'category')}
          ${this.select('campaignType', 'campaigns.type', ['ApiTriggered', 'Scheduled', 'IpWarmup'], 'type')}
          ${this.problem && this.problem.violations.length === 0 ? html`<p class="fault" role="alert">${this.problem.message}</p>` : ''}
          <div class="actions">
            <button type="button" @click=${this.close}>${t('common.cancel')}</button>
            <button class="primary">${t('campaigns.save')}</button>
          </div>
        </form>
      </dialog>`;
  }

  text(name, label, help) {
    const fault = this.problem?.at(name);
    return html`<label class="plain"
        ><span>${t(label)}</span>
        <input name=${name} autocomplete="off" aria-invalid=${fault ? 'true' : 'false'} aria-describedby="about-${name}" />
      </label>
      <small id="about-${name}" class=${fault ? 'fault' : 'faint'}>${fault || (help ? t(help) : '')}</small>`;
  }

  select(name, label, values, words) {
    return html`<label class="plain"
      ><span>${t(label)}</span>
      <select name=${name}>
        ${values.map((value) => html`<option value=${value}>${t(`${words}.${value}`)}</option>`)}
      </select>
    </label>`;
  }

  start() {
    this.problem = undefined;
    this.querySelector('form').reset();
    this.querySelector('dialog').showModal();
  }

  close() {
    this.querySelector('dialog').close();
  }

  async take(event) {
    event.preventDefault();
    try {
      const given = Object.fromEntries(new FormData(event.target));
      // An empty id would be another address; the server says what is wrong with a blank one.
      await putCampaign({ ...given, campaignID: given.campaignID.trim() || ' ' });
      this.close();
      toast(t('campaigns.registered'));
      this.dispatchEvent(new CustomEvent('registered'));
    } catch (problem) {
      this.problem = problem;
      await this.updateComplete;
      this.querySelector('[aria-invalid=true]')?.focus();
    }
  }
}

customElements.define('register-campaign', RegisterCampaign);
