import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// Builds `src/web.tsx` into dist/. Names carry a hash of their content, so that browsers may keep them for ever; test/bundle.test.ts holds the sizes.
export default defineConfig({
  plugins: [react(), compressed()],
  build: {
    outDir: 'dist',
    manifest: true,
    target: 'es2023',
    // Nothing of ours may be inlined as data: the security policy allows it for pictures only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      output: {
        codeSplitting: {
          groups: [
            // One file per language: the words of the shell and of every module, fetched in one request.
            { debugName: 'words', name: (id) => `words-${/([\w-]+)\.json$/.exec(id)?.[1]}`, test: /\/texts\/[\w-]+\.json$/, priority: 30 },
            { name: 'charts', test: /node_modules[\\/](echarts|zrender)[\\/]/, priority: 20 },
            // What the first page needs in any case.
            { name: 'shell', tags: ['$initial'], test: /node_modules|src[\\/](ui|platform)[\\/]/, priority: 10 },
            // What several screens share, such as table and form: fetched with the first screen that needs it.
            { name: 'shared', test: /node_modules|src[\\/]ui[\\/]/, minShareCount: 2, priority: 5 },
          ],
        },
      },
    },
  },
})

/** Leaves a gzip and a brotli form beside every text file, so that the server never compresses while somebody waits. From the written files: plugins change them up to the last moment. */
function compressed(): Plugin {
  return {
    name: 'patron-compressed',
    apply: 'build',
    writeBundle({ dir = 'dist' }, bundle) {
      for (const fileName of Object.keys(bundle)) {
        if (!/\.(js|css|svg|json|html)$/.test(fileName) || fileName.startsWith('.vite/')) continue
        const content = readFileSync(join(dir, fileName))
        if (content.length < 1024) continue
        writeFileSync(join(dir, `${fileName}.gz`), gzipSync(content, { level: 9 }))
        writeFileSync(join(dir, `${fileName}.br`), brotliCompressSync(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } }))
      }
    },
  }
}
