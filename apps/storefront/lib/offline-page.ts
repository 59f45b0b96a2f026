/** A page of its own: without a network there is neither a style sheet nor a script. */
export interface OfflineTexts {
  title: string;
  text: string;
  tryAgain: string;
}

/**
 * What the browser shows for a page that it cannot get. It tries again by itself, at the address that was asked for.
 * @param texts of ours, so nothing in them is to be escaped
 */
export function offlinePage(locale: string, { title, text, tryAgain }: OfflineTexts): string {
  return `<!doctype html>
<html lang="${locale}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta http-equiv="refresh" content="20">
<title>${title} · Pasar</title>
<style>
:root{color-scheme:light dark}
body{margin:0;min-height:100dvh;display:grid;place-content:center;justify-items:center;gap:1rem;padding:1.5rem;box-sizing:border-box;
text-align:center;font:1rem/1.6 "Figtree Variable",ui-sans-serif,system-ui,sans-serif;background:light-dark(#fbf7f0,#16130f);color:light-dark(#2b221a,#f3ebdf)}
h1{margin:0;font-size:1.5rem;line-height:1.2}
p{margin:0;max-width:26rem;color:light-dark(#65574a,#bcae9c)}
a{margin-top:.5rem;padding:.6rem 1.5rem;border-radius:.625rem;font-weight:600;text-decoration:none;background:light-dark(#1e5b49,#83cbae);color:light-dark(#fff,#10231c)}
a:focus-visible{outline:3px solid #e2a12b;outline-offset:2px}
</style>
<main style="display:contents"><h1>${title}</h1><p>${text}</p><a href="">${tryAgain}</a></main>
</html>`;
}
