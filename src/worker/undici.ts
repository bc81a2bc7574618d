import type net from 'node:net';

/** Of undici, what is used here: the same in all releases from 5.17 on. */
export interface Undici {
  readonly Pool: new (origin: string, options: PoolOptions) => Pool;
  buildConnector(options: object): Connect;
}

interface PoolOptions {
  readonly connections: number;
  readonly pipelining: number;
  readonly allowH2: boolean;
  /** In ms; of a connection that is idle, where the server asks for nothing else. */
  readonly keepAliveTimeout: number;
  readonly connect: Connect;
}

export interface Pool {
  request(options: {
    readonly method: string;
    readonly path: string;
    readonly headers: Readonly<Record<string, string>>;
    readonly body: string | null;
    /** Whether the connection is closed after this request. */
    readonly reset: boolean;
  }): Promise<{
    readonly statusCode: number;
    readonly body: { arrayBuffer(): Promise<ArrayBuffer> };
  }>;
  destroy(): Promise<void>;
}

/** Its options are what a Client says of the connection that it wants. */
export type Connect = (
  options: object,
  callback: (...connected: readonly unknown[]) => void,
) => net.Socket;
