/** The modules' screens, as `src/web.tsx` lists them, for the shell's parts. */
import { createContext } from 'react'
import type { Screens } from './screens.ts'

export const RegistryContext = createContext<readonly Screens[]>([])
