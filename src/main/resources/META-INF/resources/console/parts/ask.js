import { html, render } from 'lit';
import { t } from '../words/words.js';

/**
 * Asks before something that can't be taken back; promises the answer.
 *
 * @param body what will happen, one paragraph or a template
 * @param danger whether the confirmation destroys something
 */
export function ask({ title, body, confirm, cancel = t('common.cancel'), danger = false }) {
  return new Promise((resolve) => {
    const dialog = document.createElement('dialog');
    dialog.className = 'box';
    dialog.setAttribute('aria-labelledby', 'ask-title');
    const close = (answer) => () => dialog.close(answer);
    render(
      html`<h2 id="ask-title">${title}</h2>
        <div class="words">${typeof body === 'string' ? html`<p>${body}</p>` : body}</div>
        <div class="actions">
          <button @click=${close('no')} autofocus>${cancel}</button>
          <button class="primary ${danger ? 'danger' : ''}" @click=${close('yes')}>${confirm}</button>
        </div>`,
      dialog,
    );
    dialog.addEventListener('close', () => {
      dialog.remove();
      resolve(dialog.returnValue === 'yes');
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

/** For the router's guard. */
export const askToLeave = () =>
  ask({ title: t('leave.title'), body: t('leave.body'), confirm: t('leave.confirm'), cancel: t('leave.stay'), danger: true });
