// In the place of Vaadin's module of that purpose, which writes a <style> element: the Content-Security-Policy lets in
// style sheets that scripts construct, and no inline ones.
export const addGlobalStyles = (id, ...styles) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(styles.map(String).join('\n'));
  document.adoptedStyleSheets = [sheet, ...document.adoptedStyleSheets];
};
