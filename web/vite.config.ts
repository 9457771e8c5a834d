import { join } from 'node:path'
import { defineConfig, type Plugin } from 'vite'

const port = process.env['PORT'] ?? '7700'

/** The console's addresses lead to its page while it is worked on, as the server has it. */
const consolePages: Plugin = {
  name: 'console-pages',
  configureServer(server) {
    server.middlewares.use((request, _response, next) => {
      if (/^\/console(\/[^.]*)?(\?|$)/.test(request.url ?? '')) request.url = '/console/index.html'
      next()
    })
  },
}

/** How the pages are built into `web/dist`, and served while they are worked on. */
export default defineConfig({
  root: import.meta.dirname,
  base: '/',
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    target: 'es2022',
    modulePreload: false,
    rolldownOptions: {
      input: {
        site: join(import.meta.dirname, 'index.html'),
        console: join(import.meta.dirname, 'console/index.html'),
      },
    },
  },
  plugins: [consolePages],
  oxc: { jsx: { runtime: 'automatic', importSource: 'preact' } },
  // `npx vite --config web/vite.config.ts` beside a running `npm start`.
  server: { proxy: { '/v1': `http://127.0.0.1:${port}` } },
})
