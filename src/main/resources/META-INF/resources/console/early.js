// Before the first paint: the language and the theme that were chosen here, or those of the browser.
(() => {
  const root = document.documentElement;
  const kept = (key) => {
    try {
      return localStorage.getItem(key);
    } catch {
      return null; // A browser that keeps nothing shows its own preferences.
    }
  };
  const language = kept('tidings.language') ?? (navigator.language.toLowerCase().startsWith('zh') ? 'zh' : 'en');
  root.lang = language === 'zh' ? 'zh-Hans' : 'en';
  const dark = kept('tidings.theme') ?? (matchMedia('(prefers-color-scheme: dark)').matches ? 'dark' : 'light');
  root.setAttribute('theme', dark === 'dark' ? 'dark' : 'light');
})();
