'use client';

/** Not even the frame of the page could be made: nothing is translated or styled here. */
export default function GlobalError() {
  return (
    <html lang="id">
      <body>
        <h1>Maaf, ada gangguan. / Sorry, something went wrong.</h1>
        <p>
          <a href="/">Pasar</a>
        </p>
      </body>
    </html>
  );
}
