package dev.tidings.testing;

import io.netty.bootstrap.Bootstrap;
import io.netty.buffer.Unpooled;
import io.netty.channel.Channel;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.DatagramChannel;
import io.netty.channel.socket.nio.NioDatagramChannel;
import io.netty.handler.codec.dns.DatagramDnsQuery;
import io.netty.handler.codec.dns.DatagramDnsQueryDecoder;
import io.netty.handler.codec.dns.DatagramDnsResponse;
import io.netty.handler.codec.dns.DatagramDnsResponseEncoder;
import io.netty.handler.codec.dns.DefaultDnsRawRecord;
import io.netty.handler.codec.dns.DnsQuestion;
import io.netty.handler.codec.dns.DnsRecordType;
import io.netty.handler.codec.dns.DnsResponseCode;
import io.netty.handler.codec.dns.DnsSection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/** A name server on loopback, over UDP, that answers every name as a test says, with a time to live of zero. */
@SuppressWarnings("deprecation") // NioEventLoopGroup: its successor is Netty 4.2's, Vert.x brings 4.1.
public final class DnsServer implements AutoCloseable {
    private final EventLoopGroup loop = new NioEventLoopGroup(1);
    private final Channel channel;
    private final Queue<List<InetAddress>> answers = new ArrayDeque<>();
    private final AtomicInteger questions = new AtomicInteger();
    private List<InetAddress> last = List.of();

    public DnsServer() {
        channel = new Bootstrap()
                .group(loop)
                .channel(NioDatagramChannel.class)
                .handler(new ChannelInitializer<DatagramChannel>() {
                    @Override
                    protected void initChannel(DatagramChannel made) {
                        made.pipeline()
                                .addLast(new DatagramDnsQueryDecoder(), new DatagramDnsResponseEncoder(), answering());
                    }
                })
                .bind(InetAddress.getLoopbackAddress(), 0)
                .syncUninterruptibly()
                .channel();
    }

    /** {@code host:port}. */
    public String address() {
        return "127.0.0.1:" + ((InetSocketAddress) channel.localAddress()).getPort();
    }

    /** The answer to the next question for IPv4 addresses, and the one after the last to all that follow. */
    public synchronized DnsServer then(String... literals) {
        answers.add(addresses(literals));
        return this;
    }

    /** How often somebody asked for IPv4 addresses. */
    public int questions() {
        return questions.get();
    }

    private SimpleChannelInboundHandler<DatagramDnsQuery> answering() {
        return new SimpleChannelInboundHandler<>() {
            @Override
            protected void channelRead0(ChannelHandlerContext context, DatagramDnsQuery query) {
                DnsQuestion question = query.recordAt(DnsSection.QUESTION);
                var response = new DatagramDnsResponse(
                        /* sender= */ query.recipient(), /* recipient= */ query.sender(), query.id());
                response.addRecord(DnsSection.QUESTION, question);
                List<InetAddress> found = answer(question.type());
                for (InetAddress address : found) {
                    response.addRecord(
                            DnsSection.ANSWER,
                            new DefaultDnsRawRecord(
                                    question.name(), question.type(), 0, Unpooled.wrappedBuffer(address.getAddress())));
                }
                response.setCode(found.isEmpty() ? DnsResponseCode.NXDOMAIN : DnsResponseCode.NOERROR);
                var _ = context.writeAndFlush(response); // An answer that is lost is asked for again.
            }
        };
    }

    private synchronized List<InetAddress> answer(DnsRecordType type) {
        int bytes = type.equals(DnsRecordType.A) ? 4 : 16;
        if (bytes == 4) {
            questions.incrementAndGet();
            @Nullable List<InetAddress> next = answers.poll();
            last = next == null ? last : next;
        }
        return last.stream()
                .filter(address -> address.getAddress().length == bytes)
                .toList();
    }

    private static List<InetAddress> addresses(String... literals) {
        try {
            InetAddress[] addresses = new InetAddress[literals.length];
            for (int i = 0; i < literals.length; i++) {
                addresses[i] = InetAddress.getByName(literals[i]);
            }
            return List.of(addresses);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }

    @Override
    public void close() {
        channel.close().syncUninterruptibly();
        loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
    }
}
