import { HTTPParser } from 'http-parser-js';

export interface Answered {
  readonly status: number;
  readonly version: string;
  readonly bodyBytes: number;
}

type Parser = InstanceType<typeof HTTPParser>;

const methodHead = HTTPParser.methods.indexOf('HEAD');
const methodConnect = HTTPParser.methods.indexOf('CONNECT');
const switchingProtocols = 101;

/** Reads the requests and answers of one connection that is not encrypted. HTTP/1.1 or 1.0; pipelined or not. */
export class Exchange {
  /** True once it cannot be read: something else is spoken, or begins to be. */
  isLost = false;
  /** Methods of the requests that wait for their answers. */
  private readonly waiting: number[] = [];
  private status = 0;
  private version = '';
  private bodyBytes = 0;
  private readonly requests = new HTTPParser(HTTPParser.REQUEST);
  private readonly answers = new HTTPParser(HTTPParser.RESPONSE);
  private readonly answered: (answer: Answered) => void;

  constructor(answered: (answer: Answered) => void) {
    this.answered = answered;
    this.requests[HTTPParser.kOnHeadersComplete] = ({ method }) => {
      this.waiting.push(method);
      if (method === methodConnect) this.isLost = true;
    };
    this.answers[HTTPParser.kOnHeadersComplete] = (head) => {
      this.status = head.statusCode;
      this.version = `${head.versionMajor}.${head.versionMinor}`;
      this.bodyBytes = 0;
      // 1 means: no body follows, whatever the headers say.
      return this.waiting[0] === methodHead ? 1 : 0;
    };
    this.answers[HTTPParser.kOnBody] = (chunk) => {
      this.bodyBytes += chunk.length;
    };
    this.answers[HTTPParser.kOnMessageComplete] = () => this.complete();
  }

  sent(chunk: Buffer): void {
    this.read(this.requests, chunk);
  }

  came(chunk: Buffer): void {
    this.read(this.answers, chunk);
  }

  /** The target has said all: completes a body that lasts until then. */
  ended(): void {
    if (!this.isLost) this.answers.finish();
  }

  private read(parser: Parser, chunk: Buffer): void {
    if (!this.isLost && parser.execute(chunk) instanceof Error) this.isLost = true;
  }

  private complete(): void {
    if (this.status === switchingProtocols) this.isLost = true;
    if (this.status < 200) return;
    this.waiting.shift();
    const { status, version, bodyBytes } = this;
    this.answered({ status, version, bodyBytes });
  }
}
