import { defineConfig } from 'vite'

const port = process.env['PORT'] ?? '7700'

/** How the page is built into `web/dist`, and served while it is worked on. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  build: { outDir: 'dist', emptyOutDir: true, target: 'es2022', modulePreload: false },
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // `npx vite --config web/vite.config.ts` beside a running `npm start`.
  server: { proxy: { '/v1': `http://127.0.0.1:${port}` } },
})
