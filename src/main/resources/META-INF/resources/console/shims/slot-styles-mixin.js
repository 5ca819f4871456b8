// In the place of Vaadin's mixin, for the reason in global-styles.js.
import { dedupeMixin } from '@open-wc/dedupe-mixin';

const known = new WeakMap();

function adopt(root, css) {
  const texts = known.get(root) ?? new Set();
  known.set(root, texts);
  if (texts.has(css)) {
    return;
  }
  texts.add(css);
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(css);
  root.adoptedStyleSheets = [...root.adoptedStyleSheets, sheet];
}

export const SlotStylesMixin = dedupeMixin(
  (superclass) =>
    class extends superclass {
      get slotStyles() {
        return [];
      }

      connectedCallback() {
        super.connectedCallback();
        const root = this.getRootNode();
        this.slotStyles.forEach((css) => adopt(root, String(css)));
      }
    },
);
