import { notFound } from 'next/navigation';

/** Every other address, so that what is said of it is said in the reader's language. */
export default function Missing(): never {
  notFound();
}
