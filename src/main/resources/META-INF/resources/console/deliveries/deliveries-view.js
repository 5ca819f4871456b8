import { html } from 'lit';
import { View } from '../parts/view.js';

class DeliveriesView extends View {
  render() {
    return html`<div class="head"><div><h1>deliveries-view</h1></div></div>`;
  }
}

customElements.define('deliveries-view', DeliveriesView);
