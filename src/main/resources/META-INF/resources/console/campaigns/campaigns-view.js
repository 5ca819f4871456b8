import { html } from 'lit';
import { View } from '../parts/view.js';

class CampaignsView extends View {
  render() {
    return html`<div class="head"><div><h1>campaigns-view</h1></div></div>`;
  }
}

customElements.define('campaigns-view', CampaignsView);
