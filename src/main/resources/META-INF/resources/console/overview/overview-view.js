import { html } from 'lit';
import { View } from '../parts/view.js';

class OverviewView extends View {
  render() {
    return html`<div class="head"><div><h1>overview-view</h1></div></div>`;
  }
}

customElements.define('overview-view', OverviewView);
