import { View } from '../parts/view.js';
import { t } from '../words/words.js';

/** A section of the form: shows a part of the draft, and tells when it was changed. */
export class FormSection extends View {
  static properties = { draft: { attribute: false }, faults: { attribute: false } };

  /** The message for that field of the request; empty: nothing is wrong. */
  fault(field) {
    return this.faults?.[field] ?? '';
  }

  /** Sets values of a part of the draft; what was said of them is taken back. */
  change(part, values, ...fields) {
    Object.assign(part, values);
    this.dispatchEvent(new CustomEvent('draft-changed', { bubbles: true, detail: { fields } }));
  }

  t(key, values) {
    return t(key, values);
  }
}
