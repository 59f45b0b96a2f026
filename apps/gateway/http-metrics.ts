import type { Metrics } from '@pasar/platform/telemetry';

/** Request rate, errors and latency by route template, for Prometheus. */
export class HttpMetrics {
  readonly #durations;
  readonly #hits;
  readonly #misses;
  /** The series of each method, route and status, found once. */
  readonly #series = new Map<string, { observe(seconds: number): void }>();

  constructor(metrics: Metrics) {
    const name = 'pasar_http_request_duration_seconds';
    this.#durations = metrics.histogram(name, 'HTTP requests at the gateway.', ['method', 'route', 'status']);
    const cache = metrics.counter('pasar_http_cache_total', 'Requests for cacheable answers.', ['result']);
    this.#hits = cache.labels('hit');
    this.#misses = cache.labels('miss');
  }

  observe(method: string, route: string, status: number, seconds: number): void {
    const key = `${method} ${route} ${status}`;
    let series = this.#series.get(key);
    if (!series) {
      series = this.#durations.labels(method, route, String(status));
      this.#series.set(key, series);
    }
    series.observe(seconds);
  }

  countCache(hit: boolean): void {
    (hit ? this.#hits : this.#misses).inc();
  }
}
