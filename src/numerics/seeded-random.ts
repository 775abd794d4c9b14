/** Draws from the open interval (0, 1), 2⁻⁵³ apart. */
export type Random = () => number

/**
 * A reproducible stream of uniform numbers: C. Doty-Humphrey's sfc32 (PractRand), seeded by a 32-bit integer, warmed up by twelve rounds.
 * For simulation only; nothing secret may depend on it.
 */
export function seededRandom(seed: number): Random {
  let a = 0x9e3779b9
  let b = seed | 0
  let c = (seed / 4294967296) | 0
  let counter = 1
  const next = (): number => {
    const sum = (a + b + counter) | 0
    counter = (counter + 1) | 0
    a = b ^ (b >>> 9)
    b = (c + (c << 3)) | 0
    c = ((c << 21) | (c >>> 11)) + sum
    c |= 0
    return sum >>> 0
  }
  for (let i = 0; i < 12; i++) next()
  return () => ((next() >>> 5) * 67108864 + (next() >>> 6) + 0.5) / 9007199254740992
}

/** Exponential with the given rate (mean 1 / rate). */
export const exponential = (random: Random, rate: number): number => -Math.log(random()) / rate

/** Standard normal, by the polar method of Marsaglia & Bray (1964). */
export function normal(random: Random): number {
  for (;;) {
    const u = 2 * random() - 1
    const v = 2 * random() - 1
    const s = u * u + v * v
    if (s > 0 && s < 1) return u * Math.sqrt((-2 * Math.log(s)) / s)
  }
}

/** Gamma with shape > 0 and rate > 0 (mean shape / rate), by Marsaglia & Tsang, ACM TOMS 26 (2000). */
export function gamma(random: Random, shape: number, rate: number): number {
  if (shape < 1) return gamma(random, shape + 1, rate) * random() ** (1 / shape)
  const d = shape - 1 / 3
  const c = 1 / Math.sqrt(9 * d)
  for (;;) {
    const z = normal(random)
    const v = (1 + c * z) ** 3
    if (v > 0 && Math.log(random()) < 0.5 * z * z + d - d * v + d * Math.log(v)) return (d * v) / rate
  }
}

/** Beta with both shapes > 0 (mean a / (a + b)), from two gammas. */
export function beta(random: Random, a: number, b: number): number {
  const x = gamma(random, a, 1)
  return x / (x + gamma(random, b, 1))
}

/** Poisson with the given mean ≥ 0: products of uniforms, large means split by the gamma waiting time (Ahrens & Dieter 1974). */
export function poisson(random: Random, mean: number): number {
  let left = mean
  let count = 0
  while (left > 30) {
    const shape = Math.floor(left * 0.875)
    const wait = gamma(random, shape, 1)
    if (wait > left) return count + binomial(random, shape - 1, left / wait)
    count += shape
    left -= wait
  }
  const floor = Math.exp(-left)
  let product = random()
  while (product > floor) {
    count++
    product *= random()
  }
  return count
}

function binomial(random: Random, trials: number, share: number): number {
  let hits = 0
  for (let i = 0; i < trials; i++) if (random() < share) hits++
  return hits
}
