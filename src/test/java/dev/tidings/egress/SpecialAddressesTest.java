package dev.tidings.egress;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The IANA special-purpose registries, block by block: first and last address, one within, and the neighbours. */
class SpecialAddressesTest {

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            0.0.0.0                                 | refused | this host, first
            0.85.85.85                              | refused | this host
            0.255.255.255                           | refused | this host, last
            1.0.0.0                                 | public  | after 0.0.0.0/8
            9.255.255.255                           | public  | before 10.0.0.0/8
            10.0.0.0                                | refused | private, first
            10.85.85.85                             | refused | private
            10.255.255.255                          | refused | private, last
            11.0.0.0                                | public  | after 10.0.0.0/8
            100.63.255.255                          | public  | before 100.64.0.0/10
            100.64.0.0                              | refused | carrier-grade NAT, first
            100.85.85.85                            | refused | carrier-grade NAT
            100.127.255.255                         | refused | carrier-grade NAT, last
            100.128.0.0                             | public  | after 100.64.0.0/10
            126.255.255.255                         | public  | before 127.0.0.0/8
            127.0.0.0                               | refused | loopback, first
            127.85.85.85                            | refused | loopback
            127.255.255.255                         | refused | loopback, last
            128.0.0.0                               | public  | after 127.0.0.0/8
            169.253.255.255                         | public  | before 169.254.0.0/16
            169.254.0.0                             | refused | link-local, first
            169.254.85.85                           | refused | link-local
            169.254.255.255                         | refused | link-local, last
            169.255.0.0                             | public  | after 169.254.0.0/16
            172.15.255.255                          | public  | before 172.16.0.0/12
            172.16.0.0                              | refused | private, first
            172.21.85.85                            | refused | private
            172.31.255.255                          | refused | private, last
            172.32.0.0                              | public  | after 172.16.0.0/12
            191.255.255.255                         | public  | before 192.0.0.0/24
            192.0.0.0                               | refused | IETF protocols, first
            192.0.0.85                              | refused | IETF protocols
            192.0.0.255                             | refused | IETF protocols, last
            192.0.1.0                               | public  | after 192.0.0.0/24
            192.0.1.255                             | public  | before 192.0.2.0/24
            192.0.2.0                               | refused | documentation, first
            192.0.2.85                              | refused | documentation
            192.0.2.255                             | refused | documentation, last
            192.0.3.0                               | public  | after 192.0.2.0/24
            192.31.195.255                          | public  | before 192.31.196.0/24
            192.31.196.0                            | refused | AS112, first
            192.31.196.85                           | refused | AS112
            192.31.196.255                          | refused | AS112, last
            192.31.197.0                            | public  | after 192.31.196.0/24
            192.52.192.255                          | public  | before 192.52.193.0/24
            192.52.193.0                            | refused | AMT, first
            192.52.193.85                           | refused | AMT
            192.52.193.255                          | refused | AMT, last
            192.52.194.0                            | public  | after 192.52.193.0/24
            192.88.98.255                           | public  | before 192.88.99.0/24
            192.88.99.0                             | refused | 6to4 relays, first
            192.88.99.85                            | refused | 6to4 relays
            192.88.99.255                           | refused | 6to4 relays, last
            192.88.100.0                            | public  | after 192.88.99.0/24
            192.167.255.255                         | public  | before 192.168.0.0/16
            192.168.0.0                             | refused | private, first
            192.168.85.85                           | refused | private
            192.168.255.255                         | refused | private, last
            192.169.0.0                             | public  | after 192.168.0.0/16
            192.175.47.255                          | public  | before 192.175.48.0/24
            192.175.48.0                            | refused | AS112, first
            192.175.48.85                           | refused | AS112
            192.175.48.255                          | refused | AS112, last
            192.175.49.0                            | public  | after 192.175.48.0/24
            198.17.255.255                          | public  | before 198.18.0.0/15
            198.18.0.0                              | refused | benchmarking, first
            198.18.170.170                          | refused | benchmarking
            198.19.255.255                          | refused | benchmarking, last
            198.20.0.0                              | public  | after 198.18.0.0/15
            198.51.99.255                           | public  | before 198.51.100.0/24
            198.51.100.0                            | refused | documentation, first
            198.51.100.85                           | refused | documentation
            198.51.100.255                          | refused | documentation, last
            198.51.101.0                            | public  | after 198.51.100.0/24
            203.0.112.255                           | public  | before 203.0.113.0/24
            203.0.113.0                             | refused | documentation, first
            203.0.113.85                            | refused | documentation
            203.0.113.255                           | refused | documentation, last
            203.0.114.0                             | public  | after 203.0.113.0/24
            223.255.255.255                         | public  | before 224.0.0.0/4
            224.0.0.0                               | refused | multicast, first
            229.85.85.85                            | refused | multicast
            239.255.255.255                         | refused | multicast, last
            240.0.0.0                               | refused | after 224.0.0.0/4
            245.85.85.85                            | refused | reserved
            255.255.255.255                         | refused | reserved, last
            2000:ffff:ffff:ffff:ffff:ffff:ffff:ffff | public  | before 2001::/23
            2001::                                  | refused | IETF protocols, first
            2001:aa:aaaa:aaaa:aaaa:aaaa:aaaa:aaaa   | refused | IETF protocols
            2001:1ff:ffff:ffff:ffff:ffff:ffff:ffff  | refused | IETF protocols, last
            2001:200::                              | public  | after 2001::/23
            2001:db7:ffff:ffff:ffff:ffff:ffff:ffff  | public  | before 2001:db8::/32
            2001:db8::                              | refused | documentation, first
            2001:db8:5555:5555:5555:5555:5555:5555  | refused | documentation
            2001:db8:ffff:ffff:ffff:ffff:ffff:ffff  | refused | documentation, last
            2001:db9::                              | public  | after 2001:db8::/32
            2001:ffff:ffff:ffff:ffff:ffff:ffff:ffff | public  | before 2002::/16
            2002::                                  | refused | 6to4, first
            2002:5555:5555:5555:5555:5555:5555:5555 | refused | 6to4
            2002:ffff:ffff:ffff:ffff:ffff:ffff:ffff | refused | 6to4, last
            2003::                                  | public  | after 2002::/16
            2620:4f:7fff:ffff:ffff:ffff:ffff:ffff   | public  | before 2620:4f:8000::/48
            2620:4f:8000::                          | refused | AS112, first
            2620:4f:8000:5555:5555:5555:5555:5555   | refused | AS112
            2620:4f:8000:ffff:ffff:ffff:ffff:ffff   | refused | AS112, last
            2620:4f:8001::                          | public  | after 2620:4f:8000::/48
            3ffe:ffff:ffff:ffff:ffff:ffff:ffff:ffff | public  | before 3fff::/20
            3fff::                                  | refused | documentation, first
            3fff:555:5555:5555:5555:5555:5555:5555  | refused | documentation
            3fff:fff:ffff:ffff:ffff:ffff:ffff:ffff  | refused | documentation, last
            3fff:1000::                             | public  | after 3fff::/20
            fbff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | refused | before fc00::/7
            fc00::                                  | refused | unique local, first
            fcaa:aaaa:aaaa:aaaa:aaaa:aaaa:aaaa:aaaa | refused | unique local
            fdff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | refused | unique local, last
            fe00::                                  | refused | after fc00::/7
            fe7f:ffff:ffff:ffff:ffff:ffff:ffff:ffff | refused | before fe80::/10
            fe80::                                  | refused | link-local, first
            fe95:5555:5555:5555:5555:5555:5555:5555 | refused | link-local
            febf:ffff:ffff:ffff:ffff:ffff:ffff:ffff | refused | link-local, last
            fec0::                                  | refused | after fe80::/10
            feff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | refused | before ff00::/8
            ff00::                                  | refused | multicast, first
            ff55:5555:5555:5555:5555:5555:5555:5555 | refused | multicast
            ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff | refused | multicast, last
            169.254.169.254                         | refused | metadata of AWS, Azure, Google
            169.254.170.2                           | refused | metadata of ECS
            100.100.100.200                         | refused | metadata of Alibaba
            192.0.0.192                             | refused | metadata of Oracle
            168.63.129.16                           | refused | Azure's wire server
            168.63.129.15                           | public  | beside it
            168.63.129.17                           | public  | beside it
            fd00:ec2::254                           | refused | metadata of AWS
            fd20:ce::254                            | refused | metadata of Google
            ::                                      | refused | unspecified
            ::1                                     | refused | loopback
            ::2                                     | refused | reserved
            ::7f00:1                                | refused | v4-compatible
            ::808:808                               | refused | v4-compatible
            64:ff9b::a00:1                          | refused | NAT64 of 10.0.0.1
            64:ff9b::808:808                        | refused | NAT64 of a public one
            64:ff9b:1::1                            | refused | NAT64, local
            100::1                                  | refused | discard
            100:0:0:1::1                            | refused | dummy
            1fff:ffff::                             | refused | reserved
            2000::1                                 | public  | global
            2001:0:4136:e378::1                     | refused | Teredo
            2001:10::1                              | refused | ORCHID
            2001:20::1                              | refused | ORCHIDv2
            2001:2::1                               | refused | benchmarking
            2001:200::1                             | public  | global, WIDE
            2002:7f00:1::1                          | refused | 6to4 of loopback
            2002:a00:1::1                           | refused | 6to4 of 10.0.0.1
            2002:808:808::1                         | refused | 6to4 of a public one
            2606:4700::1111                         | public  | global
            2a00:1450::1                            | public  | global
            2400:cb00::1                            | public  | global
            2800:3f0::1                             | public  | global
            2c0f:fb50::1                            | public  | global
            4000::1                                 | refused | not assigned
            5f00::1                                 | refused | segment routing
            6000::1                                 | refused | not assigned
            a000::1                                 | refused | not assigned
            fec0::1                                 | refused | site-local, deprecated
            ff02::1                                 | refused | all nodes
            fe80::1                                 | refused | link-local
            fd12:3456::1                            | refused | unique local
            1.1.1.1                                 | public  | public
            8.8.8.8                                 | public  | public
            """)
    void onlyPublicAddressesAreCalled(String literal, String verdict, String what) throws UnknownHostException {
        assertThat(SpecialAddresses.isPublic(InetAddress.getByName(literal)))
                .as(what)
                .isEqualTo(verdict.equals("public"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "10.0.0.1", "169.254.169.254", "0.0.0.0", "192.168.1.1", "100.64.0.1"})
    void ipv4InTheClothesOfIpv6IsJudgedAsIpv4(String literal) throws UnknownHostException {
        assertThat(SpecialAddresses.isPublic(InetAddress.getByName("::ffff:" + literal)))
                .isFalse();
    }
}
