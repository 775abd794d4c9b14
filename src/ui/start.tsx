/**
 * Draws the product: words first, then providers, then the pages of the modules that are handed in. `src/web.tsx` is its only caller.
 *
 *   start([insightScreens, customersScreens, …])
 */

import { LoadingOutlined } from '@ant-design/icons'
import { QueryCache, QueryClient, QueryClientProvider } from '@tanstack/react-query'
import { App, ConfigProvider } from 'antd'
import en from 'antd/locale/en_US'
import { type ReactNode, StrictMode, Suspense, useEffect, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { BrowserRouter, Route, Routes } from 'react-router'
import { antTheme } from './ant-theme.ts'
import { Boundary } from './boundary.tsx'
import { Problem } from './client.ts'
import { Loading } from './page.tsx'
import { usePreference } from './preferences.ts'
import { RegistryContext } from './registry.ts'
import type { ScreenRoute, Screens } from './screens.ts'
import { sessionKey } from './session.ts'
import { Framed, NoSuchPage } from './shell.tsx'
import './shell.css'
import { applyTheme, palettes, type ThemeChoice, type ThemeMode, ThemeProvider } from './theme.ts'
import { fetchWords, type Language, startWords, useLanguage } from './words.ts'

export async function start(registry: readonly Screens[]): Promise<void> {
  applyTheme(modeOf('system'))
  await startWords()
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no element named root')
  createRoot(root).render(
    <StrictMode>
      <Product registry={registry} />
    </StrictMode>,
  )
}

function Product({ registry }: { registry: readonly Screens[] }) {
  return (
    <RegistryContext value={registry}>
      <QueryClientProvider client={cache}>
        <Look>
          <BrowserRouter>
            <Boundary>
              <Routes>
                {registry.flatMap(({ module, routes }) =>
                  routes.map((route) => (
                    <Route key={`${module} ${route.path}`} path={route.path} element={<Screen module={module} route={route} />} />
                  )),
                )}
                <Route path="*" element={<Framed page={<NoSuchPage />} />} />
              </Routes>
            </Boundary>
          </BrowserRouter>
        </Look>
      </QueryClientProvider>
    </RegistryContext>
  )
}

function Screen({ module, route }: { module: string; route: ScreenRoute }) {
  // Beside the code of the page, not after it; whoever speaks with them waits, and says what is wrong where they do not come.
  void fetchWords(module).catch(() => {})
  const page = (
    <Suspense fallback={<Loading />}>
      <route.page />
    </Suspense>
  )
  return route.layout === 'bare' ? page : <Framed page={page} permission={route.permission} />
}

/** Theme and language for Ant Design and for ourselves. */
function Look({ children }: { children: ReactNode }) {
  const mode = useMode()
  const locale = useAntLocale()
  useEffect(() => {
    // Paper is bright: what is printed in the dark would be pale on white.
    const paper = matchMedia('print')
    const apply = () => applyTheme(paper.matches ? 'light' : mode)
    apply()
    paper.addEventListener('change', apply)
    return () => paper.removeEventListener('change', apply)
  }, [mode])
  return (
    <ThemeProvider value={{ mode, colours: palettes[mode] }}>
      <ConfigProvider theme={antTheme(mode, still)} locale={locale} button={buttons} getPopupContainer={whereItOpens}>
        <App component={false} message={{ maxCount: 3 }}>
          {children}
        </App>
      </ConfigProvider>
    </ThemeProvider>
  )
}

/** With an icon of our own a button simply shows it. Its usual one fades, and one that had to go before it had come was never taken away, so that the button was called “loading” for good. */
const buttons = { autoInsertSpace: false, loadingIcon: <LoadingOutlined /> }

/**
 * What opens at a field of a dialog opens within the dialog: it stays at its field when the dialog or the page under it moves, also between pressing and letting go, and belongs to what is read aloud.
 */
const whereItOpens = (opener?: HTMLElement): HTMLElement => opener?.closest<HTMLElement>('.ant-modal-wrap') ?? document.body

function useMode(): ThemeMode {
  const [choice] = usePreference<ThemeChoice>('theme', 'system')
  const [system, setSystem] = useState(modeOf('system'))
  useEffect(() => {
    const watch = () => setSystem(modeOf('system'))
    darkWished.addEventListener('change', watch)
    return () => darkWished.removeEventListener('change', watch)
  }, [])
  return choice === 'system' ? system : choice
}
const still = matchMedia('(prefers-reduced-motion: reduce)').matches
const darkWished = matchMedia('(prefers-color-scheme: dark)')
const modeOf = (choice: ThemeChoice): ThemeMode => (choice === 'system' ? (darkWished.matches ? 'dark' : 'light') : choice)

/** Ant Design's own words; the Chinese ones are fetched with the language. */
function useAntLocale() {
  const { language } = useLanguage()
  const [locale, setLocale] = useState(en)
  useEffect(() => {
    let current = true
    void antLocales[language]().then((next) => current && setLocale(next))
    return () => {
      current = false
    }
  }, [language])
  return locale
}
const antLocales: Readonly<Record<Language, () => Promise<typeof en>>> = {
  en: async () => en,
  'zh-CN': () => import('antd/locale/zh_CN').then((m) => m.default),
  'zh-TW': () => import('antd/locale/zh_TW').then((m) => m.default),
}

/** Asking again helps against a lost connection, never against a refusal. A refusal for want of a session sends the shell to sign-in. */
const cache: QueryClient = new QueryClient({
  queryCache: new QueryCache({
    onError: (error, query) => {
      if (error instanceof Problem && error.status === 401 && query.queryKey[1] !== sessionKey[1])
        void cache.invalidateQueries({ queryKey: sessionKey })
    },
  }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      retry: (count, error) => count < 2 && (!(error instanceof Problem) || error.status === 0 || error.status === 503),
      refetchOnWindowFocus: false,
    },
  },
})
