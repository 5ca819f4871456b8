import { listDeliveries } from '../api/deliveries.js';

const PAGE = 50;
const WATCHED = 100;

/**
 * The deliveries that match a filter, as far as they were scrolled to; newest first. Pages follow a cursor, so they come
 * one after the other; what is new is put in front.
 */
export class DeliveryFeed {
  items = [];
  #filter;
  #cursor;
  #last = Promise.resolve();
  #stopped = false;
  done = false;

  constructor(filter) {
    this.#filter = filter;
  }

  /** Nobody looks any more: a search through many that do not match ends. */
  stop() {
    this.#stopped = true;
  }

  /** What a grid takes for its size: one page more than is known, until the end is. */
  get size() {
    return this.items.length + (this.done ? 0 : PAGE);
  }

  /** Those from..to, as many as there are. */
  async slice(from, to) {
    this.#last = this.#last.catch(() => {}).then(() => this.#reach(to));
    await this.#last;
    return this.items.slice(from, to);
  }

  /** A page may be short, and not the last: the server looks at so many for one. */
  async #reach(to) {
    while (this.items.length < to && !this.done && !this.#stopped) {
      const page = await listDeliveries(this.#filter, { limit: PAGE, cursor: this.#cursor });
      this.items.push(...page.items);
      this.#cursor = page.nextCursor ?? undefined;
      this.done = page.nextCursor === null;
    }
  }

  /** What the newest look like now: { fresh: how many are new, take: puts them in place }. */
  async watch() {
    const page = await listDeliveries(this.#filter, { limit: WATCHED });
    const known = new Set(this.items.map((item) => item.id));
    const fresh = page.items.filter((item) => !known.has(item.id)).length;
    return { fresh, take: () => this.#take(page) };
  }

  /** Ids grow with time: what is as new as the page's last and not on it does not match the filter any more. */
  #take(page) {
    const oldest = page.items.at(-1)?.id ?? '';
    const older = page.nextCursor === null ? [] : this.items.filter((item) => item.id < oldest);
    if (older.length === 0) {
      this.#cursor = page.nextCursor ?? undefined;
      this.done = page.nextCursor === null;
    }
    const items = [...page.items, ...older];
    // What is older is the same objects: only the newest are compared, however many were scrolled to.
    const newest = this.items.slice(0, page.items.length);
    const changed = items.length !== this.items.length || JSON.stringify(page.items) !== JSON.stringify(newest);
    this.items = items;
    return changed;
  }
}
