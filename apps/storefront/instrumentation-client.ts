// React and the links are started by themselves, before the page is: two short pieces of work instead of a long one, see
// `lib/early-scripts.ts`.
import 'react-dom/client';
import 'next/link';
