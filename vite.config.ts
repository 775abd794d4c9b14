import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

// Builds `src/web.tsx` into dist/. Names carry a hash of their content, so that browsers may keep them for ever; test/bundle.test.ts holds the sizes.
export default defineConfig({
  plugins: [withoutDocuments(), withoutServersWords(), labels(), react(), compressed()],
  build: {
    outDir: 'dist',
    manifest: true,
    target: 'es2023',
    // Nothing of ours may be inlined as data: the security policy allows it for pictures only.
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 2000,
    rolldownOptions: {
      // The product's own pages; and what pages for customers need, and the widget for other sites, which share nothing with it.
      input: ['index.html', 'src/light/light.ts', 'src/light/widget.ts'],
      output: {
        codeSplitting: {
          groups: [
            // How events are heard is all that pages for customers and the product have in common: a file of its own, or the former would fetch what the latter's screens share.
            { name: 'listen', test: /src[\\/]light[\\/]listen\.ts$/, priority: 40 },
            // One file of words for each module and language, and one with those that are needed first: the shell's, and what its navigation and its headings say of every module.
            { debugName: 'words', name: wordsFile, test: /[\\/]texts[\\/][\w-]+\.json(?:\?labels)?$/, priority: 30 },
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

/** What endpoints and their fields mean is said for those who read the API's documents, which the server makes: the browser calls by the same contracts, but need not fetch the sentences. */
function withoutDocuments(): Plugin {
  return {
    name: 'patron-without-documents',
    apply: 'build',
    enforce: 'pre',
    transform(code, id) {
      if (!/\/(?:src\/(?:modules|platform)\/[\w-]+|seeds)\/api(?:\/[\w-]+)?\.ts$/.test(id)) return null
      return { code: code.replaceAll(/\b(summary|description):(\s*)'(?:[^'\\\n]|\\.)*'/g, "$1:$2''"), map: null }
    },
  }
}

/** Words of pages and mails for customers are spoken by the server alone: the parts of its texts that a module's `texts/index.ts` names for that are not fetched by the browser. */
function withoutServersWords(): Plugin {
  return {
    name: 'patron-without-servers-words',
    apply: 'build',
    enforce: 'pre',
    load(id) {
      const [, folder] = /^(.*[\\/]modules[\\/][\w-]+[\\/]texts)[\\/][\w-]+\.json$/.exec(id) ?? []
      const index = join(folder ?? '', 'index.ts')
      if (folder === undefined || !existsSync(index)) return null
      const parts = [...readFileSync(index, 'utf8').matchAll(/\ben\.(\w+)/g)].map(([, part]) => part)
      const spoken = Object.entries(JSON.parse(readFileSync(id, 'utf8'))).filter(([key]) => !parts.includes(key))
      return { code: JSON.stringify(Object.fromEntries(spoken)), moduleType: 'json' }
    },
  }
}

/** `words-first-en`, `words-cases-zh-CN`. */
function wordsFile(id: string): string {
  const [, folder = '', language = '', query = ''] = /([\w-]+)[\\/]texts[\\/]([\w-]+)\.json(\?labels)?$/.exec(id) ?? []
  return `words-${query || folder === 'ui' ? 'first' : folder}-${language}`
}

/** `texts/en.json?labels`: of a module's texts what its `screens/index.ts` names, which is shown before anything else of the module is fetched. */
function labels(): Plugin {
  return {
    name: 'patron-labels',
    enforce: 'pre',
    load(id) {
      const [path = '', query] = id.split('?')
      if (query !== 'labels') return null
      const texts: unknown = JSON.parse(readFileSync(path, 'utf8'))
      const keys = firstFiles(join(path, '..', '..', 'screens')).flatMap((file) => {
        this.addWatchFile(file)
        return [...readFileSync(file, 'utf8').matchAll(/\b(?:label|keywords): '([^']+)'/g)].map(([, key = '']) => key)
      })
      const named = Object.fromEntries([...new Set(keys)].sort().map((key) => [key, textAt(texts, key)]))
      return { code: `export default ${JSON.stringify(named)}`, moduleType: 'js' }
    },
  }
}

/** What a module says of itself in the browser's first load: its `index.ts`, and the lists that this takes from beside it. */
function firstFiles(screens: string): readonly string[] {
  const index = join(screens, 'index.ts')
  if (!existsSync(index)) return []
  const lists = [...readFileSync(index, 'utf8').matchAll(/from '\.\/([\w-]+\.ts)'/g)].map(([, name = '']) => join(screens, name))
  return [index, ...lists]
}

/** Texts are written flat or by parts. */
function textAt(texts: unknown, key: string): unknown {
  const flat = (texts as Record<string, unknown>)[key]
  return flat ?? key.split('.').reduce<unknown>((part, name) => (part as Record<string, unknown> | undefined)?.[name], texts)
}

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
