/** Files of scripts in a page as React writes them; the order of the attributes differs. */
const fetched =
  /<script src="(\/_next\/[^"]+)"(?= [^>]*async="")(?: (?:async|nonce|crossorigin|id)="[^"]*")+><\/script>/g;
const announced = /<link rel="preload" as="script"[^>]*\/>/g;

/** Looks for whoever sees no frame: a tab in the background. */
const latestMs = 2000;

/**
 * Has a page fetch its scripts when its first frame is on the screen. All that is seen is in the page already, and on a
 * slow network scripts, ten times as large, would take turns with its fonts and pictures.
 * @param mark stands where the nonce belongs
 */
export function paintFirst(page: Buffer, mark: Buffer): Buffer {
  // Latin-1 keeps one character a byte.
  const text = page.toString('latin1');
  const sources = [...text.matchAll(fetched)].map(([, source]) => source);
  const end = text.lastIndexOf('</body>');
  if (sources.length === 0 || end < 0) return page;
  const loader = `<script nonce="${mark.toString()}">${load(sources as string[])}</script>`;
  const without = (part: string) => part.replace(fetched, '').replace(announced, '');
  return Buffer.from(without(text.slice(0, end)) + loader + without(text.slice(end)), 'latin1');
}

/** Each by itself: asking for ten at once takes as long as a frame. */
const load = (sources: string[]) =>
  `{const{nonce}=document.currentScript,files=${JSON.stringify(sources)},` +
  `load=()=>{for(const src of files.splice(0))setTimeout(()=>` +
  `document.head.append(Object.assign(document.createElement('script'),{src,async:true,nonce})))};` +
  `requestAnimationFrame(()=>setTimeout(load));setTimeout(load,${latestMs})}`;
