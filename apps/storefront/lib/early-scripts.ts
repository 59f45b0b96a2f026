/** Before anything is painted: what the reader chose here before. */
const applyTheme = `try{const t=localStorage.getItem('pasar-theme');if(t==='light'||t==='dark')document.documentElement.dataset.theme=t}catch{}`;

/**
 * A page is seen before its scripts are there. What is pressed meanwhile is pressed when they are, by `Awake`: nothing would
 * happen, or the browser would send a form by itself, with what is in it in the address.
 */
const keepPresses =
  `{const early=[],keep=event=>{const button=event.target.closest('button');if(!button)return;` +
  `event.preventDefault();event.stopImmediatePropagation();early.push(button)};addEventListener('click',keep,true);` +
  `window.pasarAwake=()=>{removeEventListener('click',keep,true);` +
  `for(const button of early.splice(0))if(button.isConnected)button.click()}}`;

/**
 * What Next.js starts after, and there is nothing in it: between React (`instrumentation-client.ts`) and the page the browser
 * has a turn.
 */
const startInTwo = `self.__next_s=[[0,{children:''}]];`;

/** At the beginning of every page. */
export const earlyScripts = applyTheme + keepPresses + startInTwo;
